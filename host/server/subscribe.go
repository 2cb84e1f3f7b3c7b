package server

import (
	"context"
	"errors"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
)

// subscribe asks a modern server for news of its tools, which an older one sends
// unasked. The stream is opened again whenever it ends, with growing pauses, for
// as long as the life lasts.
func (l *life) subscribe(c *client.Client, s *session) {
	tools := c.GetServerCapabilities().Tools
	if !s.modern() || tools == nil || !tools.ListChanged {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.atEnd(cancel)
	l.tasks.Go("listening to "+s.server, func() { listen(ctx, c) })
}

func listen(ctx context.Context, c *client.Client) {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		began := time.Now()
		err := c.Listen(ctx, mcp.SubscriptionFilter{ToolsListChanged: true})
		if errors.Is(err, mcp.ErrMethodNotFound) {
			return
		}
		if time.Since(began) > time.Minute {
			pause = time.Second
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
