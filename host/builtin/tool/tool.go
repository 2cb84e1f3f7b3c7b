// Package tool describes the tools of a built-in server: the definition as MCP
// wants it, and a handler that takes its arguments as a Go struct.
package tool

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// A Server is what one built-in server offers.
type Server struct {
	Title        string // for people
	Instructions string // for the model, on when to use the server
	Tools        []server.ServerTool
	// Close gives back what the server holds; nil when it holds nothing.
	Close func() error
}

// Hints are MCP's tool annotations. The zero value is the honest worst case but
// for openWorldHint: a tool that changes something, here, differently each time.
type Hints struct {
	ReadOnly    bool
	Destructive bool
	Idempotent  bool // what is read-only is idempotent anyhow
	OpenWorld   bool // reaches beyond this machine
}

// A Spec says all about a tool but how it does its work.
type Spec struct {
	Name        string
	Title       string
	Description string // short; the model reads it with every request
	Hints       Hints
	Params      []Param // in the order in which a person would fill them in
}

// An Answer is a tool's result: text that stands on its own and, where it is
// natural, the same as a JSON object.
type Answer struct {
	Text string
	Data any
}

// New makes a tool. Its arguments are decoded into A after they were checked
// against the schema. An error of run becomes a tool error, in words that the
// model can act on, never a protocol error.
func New[A any](spec Spec, run func(context.Context, A) (Answer, error)) server.ServerTool {
	handle := func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		var arguments A
		if err := spec.decode(request.Params.RawArguments, &arguments); err != nil {
			return mcp.NewToolResultError(err.Error()), nil
		}
		answer, err := run(ctx, arguments)
		if err != nil {
			return mcp.NewToolResultError(err.Error()), nil
		}
		return answer.result(), nil
	}
	return server.ServerTool{Tool: spec.definition(), Handler: handle}
}

func (a Answer) result() *mcp.CallToolResult {
	if a.Data == nil {
		return mcp.NewToolResultText(a.Text)
	}
	return mcp.NewToolResultStructured(a.Data, a.Text)
}

func (s Spec) definition() mcp.Tool {
	idempotent := s.Hints.Idempotent || s.Hints.ReadOnly
	return mcp.Tool{
		Name:        s.Name,
		Title:       s.Title,
		Description: s.Description,
		InputSchema: inputSchema(s.Params),
		Annotations: mcp.ToolAnnotation{
			Title:           s.Title,
			ReadOnlyHint:    &s.Hints.ReadOnly,
			DestructiveHint: &s.Hints.Destructive,
			IdempotentHint:  &idempotent,
			OpenWorldHint:   &s.Hints.OpenWorld,
		},
	}
}
