package host

import (
	"encoding/json"
	"sync"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/schema"
)

// check holds the arguments against the tool's own schema, as its server sent it,
// before anybody is asked about the call. It returns nil when they fit; else what
// the model reads to call again.
func (c *call) check() *ending {
	faults := c.h.schemas.check(c.tool, c.asked.Arguments)
	if len(faults) == 0 {
		return nil
	}
	e := failed("the call was not run: its arguments do not fit the tool %s of the server %s: %s. Its parameters: %s",
		clean.Line(c.tool.ID.Tool), clean.Line(c.tool.ID.Server), schema.Sentence(faults), catalog.Parameters(c.tool))
	return &e
}

// maxSchemas bounds how many schemas are kept: a server may list others each time.
const maxSchemas = 1000

// schemas are those that calls were held against, by their text, which is cheaper
// to look up than the hash of a definition is to make; nil for one that nothing can
// be held against. The zero value is ready, and safe for concurrent use.
type schemas struct {
	mu     sync.Mutex
	byText map[string]*schema.Schema
}

// check tells what is wrong with the arguments of a call.
func (s *schemas) check(t catalog.Tool, arguments json.RawMessage) []schema.Fault {
	if compiled := s.of(t); compiled != nil {
		return compiled.Validate(arguments)
	}
	return nil
}

func (s *schemas) of(t catalog.Tool) *schema.Schema {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.byText[string(t.Schema)]; ok {
		return known
	}
	if s.byText == nil || len(s.byText) >= maxSchemas {
		s.byText = map[string]*schema.Schema{}
	}
	compiled, err := schema.Compile(t.Schema)
	if err != nil {
		compiled = nil
	}
	s.byText[string(t.Schema)] = compiled
	return compiled
}
