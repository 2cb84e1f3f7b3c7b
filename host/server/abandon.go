package server

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
)

// abandon gives a request up. On a pipe its answer may still come.
func (s *session) abandon(ctx context.Context, id int64) {
	if !s.url {
		s.abandoned.Store(id, struct{}{})
	}
	s.cancel(ctx, id)
}

// cancel tells the server that a request is no longer wanted. A modern server
// behind a URL sees it from the closed stream.
func (s *session) cancel(ctx context.Context, id int64) {
	if s.url && s.modern() {
		return
	}
	n := mcp.JSONRPCNotification{JSONRPC: mcp.JSONRPC_VERSION}
	n.Method = string(mcp.MethodNotificationCancelled)
	n.Params.AdditionalFields = map[string]any{"requestId": id, "reason": context.Cause(ctx).Error()}
	send := func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelTimeout)
		defer cancel()
		_ = s.wire.SendNotification(ctx, n)
	}
	if !s.url {
		send() // the queue takes it at once
		return
	}
	s.tasks.Go("cancelling a request", send)
}
