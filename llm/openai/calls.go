package openai

import (
	"crypto/rand"
	"encoding/json"
	"strings"

	"switchboard/llm"
)

// calls puts tool calls together from their pieces. Servers leave the index out,
// send index 0 for every call, repeat id and name on every piece, send them late,
// or send a call whole.
type calls struct{ list []*call }

// A call is one that is being put together.
type call struct {
	index looseIndex
	id    string // the server's
	name  string
	args  strings.Builder
	extra json.RawMessage
}

// add takes one piece and tells which call it belongs to, from 0.
func (s *calls) add(d callDelta) int {
	at := s.find(d)
	if at < 0 {
		at = len(s.list)
		s.list = append(s.list, &call{index: d.Index, id: string(d.ID)})
	}
	s.list[at].take(d)
	return at
}

// find looks for the call that a piece belongs to; -1 begins a new one. The
// newest comes first, because a server that gives every call index 0 means the
// one it is writing.
func (s *calls) find(d callDelta) int {
	for i := len(s.list) - 1; i >= 0; i-- {
		c := s.list[i]
		bothIndexed := c.index.ok && d.Index.ok
		sameIndex := bothIndexed && c.index.n == d.Index.n
		switch {
		case d.ID != "":
			if c.id == string(d.ID) && (sameIndex || !bothIndexed) || c.id == "" && sameIndex {
				return i
			}
		case d.Index.ok:
			if sameIndex {
				return i
			}
		case d.name() == "" || d.name() == c.name && !c.complete():
			return i
		default:
			return -1
		}
	}
	return -1
}

// name is the piece's part of the function's name.
func (d callDelta) name() string { return string(d.Function.Name) }

// take adds a piece to the call.
func (c *call) take(d callDelta) {
	if c.id == "" {
		c.id = string(d.ID)
	}
	switch name := d.name(); {
	case c.name == "":
		c.name = name
	case name != c.name && c.args.Len() == 0: // the name itself came in pieces
		c.name += name
	case name != "" && c.args.String() == string(d.Function.Arguments) && c.complete():
		return // a last piece that repeats the whole call
	}
	c.args.WriteString(string(d.Function.Arguments))
	if said(d.Extra) {
		c.extra = d.Extra
	}
}

// complete tells whether the arguments are a whole JSON object. The look at the
// last byte keeps long arguments that come in many pieces from being parsed for
// each.
func (c *call) complete() bool {
	text := c.args.String()
	return strings.HasSuffix(strings.TrimRight(text, " \n"), "}") && isObject([]byte(text))
}

// progress tells how far a call is.
func (s *calls) progress(at int) llm.CallDelta {
	c := s.list[at]
	return llm.CallDelta{Index: at, Name: c.name, Bytes: c.args.Len()}
}

// cutOff stands for the arguments that a call would have had.
const cutOff = "(the answer ended before the arguments)"

// finished gives the calls, each with an id of ours: servers send none, one for
// all, or one that another server refuses. Pieces without any content are none.
// When the answer was cut short, a last call without arguments may not be one
// that takes none, and must not run.
func (s *calls) finished(provider string, short bool) []llm.ToolCall {
	var out []llm.ToolCall
	for i, c := range s.list {
		if c.name == "" && c.args.Len() == 0 {
			continue
		}
		t := callOf(c.name, c.args.String(), short && i == len(s.list)-1)
		if c.extra != nil {
			data, err := json.Marshal(c.extra) // compacts it
			if err == nil {
				t.Opaque = &llm.Opaque{Provider: provider, Data: data}
			}
		}
		out = append(out, t)
	}
	return out
}

// callOf is a finished call with an id of ours; cut tells that the answer may have
// ended in it.
func callOf(name, args string, cut bool) llm.ToolCall {
	c := llm.ToolCall{ID: rand.Text()[:9], Name: name}
	c.Arguments, c.Malformed = arguments(args)
	if cut && args == "" {
		c.Malformed = cutOff
	}
	return c
}

// arguments reads what a model wrote as the arguments of a call. No arguments are
// {}; an object that was written as a JSON string is taken out of it; the text of
// anything else is malformed.
func arguments(text string) (object json.RawMessage, malformed string) {
	text = strings.TrimSpace(text)
	if text == "" || text == "null" {
		return json.RawMessage("{}"), ""
	}
	if isObject([]byte(text)) {
		return json.RawMessage(text), ""
	}
	var inner string
	if json.Unmarshal([]byte(text), &inner) == nil && isObject([]byte(inner)) {
		return json.RawMessage(strings.TrimSpace(inner)), ""
	}
	return json.RawMessage("{}"), text
}
