// Package builtin holds the small MCP servers inside this binary: calculator,
// clock, files, notes and weather. Each runs as a child process of its own,
// `switchboard builtin NAME`, and speaks MCP on its standard input and output as
// any other server does.
package builtin

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/calculator"
	"switchboard/host/builtin/clock"
	"switchboard/host/builtin/files"
	"switchboard/host/builtin/notes"
	"switchboard/host/builtin/tool"
	"switchboard/host/builtin/weather"
)

// Options is all that a built-in server gets from outside.
type Options struct {
	// Stdin and Stdout carry MCP, a JSON-RPC message a line. When the context
	// ends, a Stdin that is an io.Closer is closed.
	Stdin  io.Reader
	Stdout io.Writer
	// Stderr takes reports of faults; nil drops them.
	Stderr io.Writer
	// Dir is the folder that files shows; nothing outside it can be read.
	Dir string
	// DataDir is the folder where notes keeps its file. It is made when missing.
	DataDir string
	// Getenv reads the environment; nil stands for an empty one. What the servers
	// look up is documented with weather.WeatherURL and weather.GeocodingURL.
	Getenv func(string) string
	// Version is what the server says of itself; empty stands for "devel".
	Version string
}

// makers is the table of all servers.
var makers = map[string]func(Options) (tool.Server, error){
	"calculator": func(Options) (tool.Server, error) { return calculator.New(), nil },
	"clock":      func(Options) (tool.Server, error) { return clock.New(time.Now, clock.Local()), nil },
	"files":      func(o Options) (tool.Server, error) { return files.New(o.Dir) },
	"notes":      func(o Options) (tool.Server, error) { return notes.New(o.DataDir, time.Now) },
	"weather":    func(o Options) (tool.Server, error) { return weather.New(o.Getenv), nil },
}

// Names lists the built-in servers, sorted.
func Names() []string { return slices.Sorted(maps.Keys(makers)) }

// Serve runs the server of that name until its standard input or the context
// ends; both are an orderly end and give nil. Calls that were read before are
// still answered, for at most a second.
func Serve(ctx context.Context, name string, opts Options) error {
	open, ok := makers[name]
	if !ok {
		return fmt.Errorf("there is no built-in server %q; there are %s", name, strings.Join(Names(), ", "))
	}
	opts = opts.complete()
	s, err := open(opts)
	if err != nil {
		return fmt.Errorf("starting the built-in server %s: %w", name, err)
	}
	if s.Close != nil {
		defer s.Close()
	}
	return converse(ctx, speaker(name, opts.Version, s), opts)
}

func (o Options) complete() Options {
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.Version == "" {
		o.Version = "devel"
	}
	return o
}

// toolsKept is how long a client may keep the list of tools: it cannot change
// while the process lives.
const toolsKept = time.Hour

func speaker(name, version string, s tool.Server) *server.MCPServer {
	m := server.NewMCPServer(name, version,
		server.WithTitle(s.Title),
		server.WithInstructions(s.Instructions),
		server.WithToolCapabilities(false),
		server.WithRecovery(),
		server.WithCacheHints(toolsKept.Milliseconds(), mcp.CacheScopePrivate),
	)
	m.AddTools(s.Tools...)
	return m
}
