package server

import (
	"context"
	"errors"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
)

// subscribe asks a modern server for news of its lists, which an older one sends
// unasked. The stream is opened again whenever it ends, with growing pauses, for
// as long as the life lasts.
func (l *life) subscribe(c *client.Client, s *session) {
	wanted := newsOf(c.GetServerCapabilities())
	if !s.modern() || wanted.IsEmpty() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.atEnd(cancel)
	l.tasks.Go("listening to "+s.server, func() { listen(ctx, c, wanted) })
}

// newsOf is what there can be news of: the lists that change.
func newsOf(declared mcp.ServerCapabilities) mcp.SubscriptionFilter {
	return mcp.SubscriptionFilter{
		ToolsListChanged:     declared.Tools != nil && declared.Tools.ListChanged,
		ResourcesListChanged: declared.Resources != nil && declared.Resources.ListChanged,
		PromptsListChanged:   declared.Prompts != nil && declared.Prompts.ListChanged,
	}
}

func listen(ctx context.Context, c *client.Client, wanted mcp.SubscriptionFilter) {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		began := time.Now()
		err := c.Listen(ctx, wanted)
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
