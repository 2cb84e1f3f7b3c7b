package server

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
)

const (
	maxPages = 64
	// maxList bounds the elements of a list, all pages together, in bytes.
	maxList = 16 << 20
)

// A pager asks for a list page by page. A cursor is opaque, and "" is one; a
// cursor that was seen before, a failing page and the limits end the list early
// and keep what came so far.
type pager struct {
	method mcp.MCPMethod
	key    string // of the elements in a result
	noun   string // for what the list is of, such as "tools"
	// take gets every element and tells whether more are wanted.
	take func(json.RawMessage) bool

	notices []string // what had to be left out
	bytes   int
	full    bool
}

// run asks for all pages. The error is that of the first; of a later one there is
// a notice.
func (p *pager) run(ctx context.Context, s *session) error {
	var cursor *string
	seen := map[string]bool{}
	for page := 1; ; page++ {
		next, err := p.page(ctx, s, cursor)
		switch {
		case err != nil && page == 1:
			return fmt.Errorf("listing its %s: %w", p.noun, err)
		case err != nil:
			p.note("page %d of its %s failed: %v", page, p.noun, err)
		case next == nil || p.full:
		case seen[*next]:
			p.note("its list of %s goes in circles (cursor %q came twice)", p.noun, cut(*next, maxCursor))
		case page == maxPages:
			p.note("its list of %s has more than %d pages; the rest is left out", p.noun, maxPages)
		default:
			seen[*next] = true
			cursor = next
			continue
		}
		return nil
	}
}

// maxCursor is how many characters of a cursor are shown.
const maxCursor = 60

func (p *pager) note(format string, args ...any) {
	p.notices = append(p.notices, fmt.Sprintf(format, args...))
}

// page asks for one page and hands out its elements.
func (p *pager) page(ctx context.Context, s *session, cursor *string) (next *string, err error) {
	asked := params{}
	if cursor != nil {
		asked["cursor"] = *cursor
	}
	raw, err := s.request(ctx, string(p.method), asked)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	var elements []json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields[p.key] != nil && json.Unmarshal(fields[p.key], &elements) != nil {
		return nil, &invalidError{fmt.Sprintf("its answer to %s is no list of %s", p.method, p.noun)}
	}
	for _, element := range elements {
		if p.bytes += len(element); p.bytes > maxList {
			p.note("its list of %s is larger than %d MiB; the rest is left out", p.noun, maxList>>20)
			p.full = true
		}
		if p.full || !p.take(element) {
			p.full = true
			break
		}
	}
	if json.Unmarshal(fields["nextCursor"], &next) != nil {
		return nil, nil
	}
	return next, nil
}
