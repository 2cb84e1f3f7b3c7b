package servertest

import (
	"context"
	"fmt"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
)

// Bare reaches a fixture through mcp-go's client alone, with nothing of ours in
// between, to compare with.
func Bare(ctx context.Context) (call func(tool string, args map[string]any) error, hangUp func(), err error) {
	cfg := Config("bare")
	c, err := client.NewStdioMCPClient(cfg.Command, cfg.Env, cfg.Args...)
	if err != nil {
		return nil, nil, fmt.Errorf("starting the bare server: %w", err)
	}
	hangUp = func() { _ = c.Close() }
	if _, err := c.Initialize(ctx, mcp.InitializeRequest{}); err != nil {
		hangUp()
		return nil, nil, fmt.Errorf("shaking hands with the bare server: %w", err)
	}
	call = func(tool string, args map[string]any) error {
		r := mcp.CallToolRequest{}
		r.Params.Name, r.Params.Arguments = tool, args
		_, err := c.CallTool(ctx, r)
		return err
	}
	return call, hangUp, nil
}
