package server

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

const (
	maxTools = 512 // of one server
	// undeclared is how long a server that declared no tools may take to say
	// whether it has some all the same.
	undeclared = 3 * time.Second
)

// A listing is a complete list of a server's tools, or the error of its first
// page. The notice says what had to be left out.
type listing struct {
	tools  []catalog.Tool
	notice clean.Text
	err    error
}

// A lister collects a listing.
type lister struct {
	pager
	s                        *session
	tools                    []catalog.Tool
	names                    map[string]bool
	nameless, twice, headers int
}

func (s *session) listTools(ctx context.Context) listing {
	if !s.hasTool {
		return s.listUndeclared(ctx)
	}
	return s.listPages(ctx)
}

// listUndeclared asks a server that did not declare tools; many serve some.
func (s *session) listUndeclared(ctx context.Context) listing {
	ctx, cancel := context.WithTimeout(ctx, undeclared)
	defer cancel()
	l := s.listPages(ctx)
	var lost *lostError
	if l.err != nil && !errors.As(l.err, &lost) {
		return listing{}
	}
	return l
}

func (s *session) listPages(ctx context.Context) listing {
	l := &lister{s: s, names: map[string]bool{}}
	l.pager = pager{method: mcp.MethodToolsList, key: "tools", noun: "tools", take: l.take}
	if err := l.run(ctx, s); err != nil {
		return listing{err: err}
	}
	return l.done()
}

// take adds one tool; what is wrong with it costs this tool only. One more than
// can be used is taken, to know that there are more.
func (l *lister) take(raw json.RawMessage) bool {
	tool, ok := decodeTool(l.s.server, raw)
	switch {
	case !ok:
		l.nameless++
	case l.names[tool.ID.Tool]:
		l.twice++
	case !l.s.mirror(tool):
		l.headers++
	default:
		l.names[tool.ID.Tool] = true
		l.tools = append(l.tools, tool)
	}
	return len(l.tools) <= maxTools
}

// mirror remembers a tool some of whose arguments go into HTTP headers too. It
// says false when the tool asks for that in a way the protocol forbids; such a
// tool must not be used.
func (s *session) mirror(tool catalog.Tool) bool {
	if !s.url || !s.modern() {
		return true
	}
	t := &mcp.Tool{Name: tool.ID.Tool, RawInputSchema: tool.Schema}
	if mcp.ValidateParamHeaderAnnotations(t) != nil {
		return false
	}
	if len(mcp.ExtractParamHeaderBindings(t)) > 0 {
		s.headers.Store(t.Name, t)
	} else {
		s.headers.Delete(t.Name)
	}
	return true
}

func (l *lister) done() listing {
	if len(l.tools) > maxTools {
		l.note("it offers more than %d tools; only the first %d are used", maxTools, maxTools)
		l.tools = l.tools[:maxTools]
	}
	l.left(l.nameless, "has no usable name", "have no usable name")
	l.left(l.twice, "repeats a name", "repeat a name")
	l.left(l.headers, "has invalid x-mcp-header annotations", "have invalid x-mcp-header annotations")
	return listing{tools: l.tools, notice: clean.Foreign(strings.Join(l.notices, "; "))}
}

func (l *lister) left(n int, one, many string) {
	switch {
	case n == 1:
		l.note("1 tool was left out because it %s", one)
	case n > 1:
		l.note("%d tools were left out because they %s", n, many)
	}
}
