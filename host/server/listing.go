package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

const (
	maxPages = 64
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

// A lister collects a listing page by page.
type lister struct {
	s                        *session
	tools                    []catalog.Tool
	names                    map[string]bool
	notices                  []string
	nameless, twice, headers int
}

// listTools asks for all pages. A cursor is opaque, and "" is one; a cursor that
// was seen before, a failing page and the limits end the list early and keep what
// came so far.
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
	var cursor *string
	seen := map[string]bool{}
	for page := 1; ; page++ {
		next, err := l.page(ctx, cursor)
		switch {
		case err != nil && page == 1:
			return listing{err: fmt.Errorf("listing its tools: %w", err)}
		case err != nil:
			l.note("page %d of its tools failed: %v", page, err)
		case next == nil || len(l.tools) > maxTools:
		case seen[*next]:
			l.note("its list of tools goes in circles (cursor %q came twice)", *next)
		case page == maxPages:
			l.note("its list of tools has more than %d pages; the rest is left out", maxPages)
		default:
			seen[*next] = true
			cursor = next
			continue
		}
		return l.done()
	}
}

func (l *lister) note(format string, args ...any) {
	l.notices = append(l.notices, fmt.Sprintf(format, args...))
}

// page asks for one page and takes its tools.
func (l *lister) page(ctx context.Context, cursor *string) (next *string, err error) {
	p := params{}
	if cursor != nil {
		p["cursor"] = *cursor
	}
	raw, err := l.s.request(ctx, string(mcp.MethodToolsList), p)
	if err != nil {
		return nil, err
	}
	var page struct {
		Tools      []json.RawMessage `json:"tools"`
		NextCursor json.RawMessage   `json:"nextCursor"`
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		return nil, &invalidError{"its answer to tools/list is no list of tools"}
	}
	for _, tool := range page.Tools {
		l.take(tool)
	}
	if json.Unmarshal(page.NextCursor, &next) != nil {
		return nil, nil
	}
	return next, nil
}

// take adds one tool; what is wrong with it costs this tool only.
func (l *lister) take(raw json.RawMessage) {
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
	if n := len(l.tools); n > maxTools {
		l.note("it offers %d tools or more; only the first %d are used", n, maxTools)
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
