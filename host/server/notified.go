package server

import (
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
)

// notified handles what the server says unasked; it runs on mcp-go's reading
// goroutine and must not block.
func (s *session) notified(n mcp.JSONRPCNotification, listChanged chan<- struct{}) {
	switch n.Method {
	case string(mcp.MethodNotificationToolsListChanged):
		signal(listChanged)
	case "notifications/progress":
		s.progressed(n.Params.AdditionalFields)
	}
}

func (s *session) progressed(fields map[string]any) {
	token, _ := fields["progressToken"].(string)
	to, ok := s.progress.Load(token)
	if !ok {
		return
	}
	var p Progress
	p.Done, _ = fields["progress"].(float64)
	p.Total, _ = fields["total"].(float64)
	message, _ := fields["message"].(string)
	p.Message = clean.Foreign(message)
	latest(to.(chan Progress), p)
}

// latest puts v into a channel of capacity 1, in place of an older one if need
// be. There is one sender at a time.
func latest[T any](c chan T, v T) {
	for {
		select {
		case c <- v:
			return
		default:
		}
		select {
		case <-c:
		default:
		}
	}
}
