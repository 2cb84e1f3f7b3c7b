package openai

import (
	"cmp"
	"encoding/json"
	"strings"

	"switchboard/llm"
)

// The kinds of items that are read; others, of tools that run at the provider, are
// passed over.
const (
	itemMessage   = "message"
	itemReasoning = "reasoning"
	itemCall      = "function_call"
)

// partGap stands between the parts of a summary.
const partGap = "\n\n"

// An item is one entry of a response that is being put together.
type item struct {
	place looseIndex
	id    string
	kind  string
	text  strings.Builder // of a message or of reasoning
	name  string          // of a call
	args  strings.Builder // of a call
	phase string          // of a message: a comment on the way, or the answer
	raw   json.RawMessage // of reasoning, at its end
	// closed tells that its end was told: what begins now is another item, even if
	// it looks the same.
	closed bool
}

// A wireItem is an item as servers write it.
type wireItem struct {
	ID        looseText    `json:"id"`
	Type      looseText    `json:"type"`
	Name      looseText    `json:"name"`
	Arguments looseValue   `json:"arguments"`
	Phase     looseText    `json:"phase"`
	Content   responseText `json:"content"`
	Summary   responseText `json:"summary"`
	Encrypted looseText    `json:"encrypted_content"`
	raw       json.RawMessage
}

// readItem reads an item; what is none has no kind.
func readItem(raw json.RawMessage) wireItem {
	var w wireItem
	if json.Unmarshal(orNull(raw), &w) != nil {
		return wireItem{}
	}
	w.raw = raw
	return w
}

// responseText are the texts of an item's parts, with gaps between them.
type responseText struct{ joined, gapped string }

// UnmarshalJSON takes any JSON value.
func (t *responseText) UnmarshalJSON(raw []byte) error {
	var parts []struct {
		Text    looseText `json:"text"`
		Refusal looseText `json:"refusal"`
	}
	if raw[0] == '"' {
		t.joined = unquote(raw)
		t.gapped = t.joined
		return nil
	}
	if json.Unmarshal(raw, &parts) != nil {
		return nil // of a form that holds no text
	}
	for _, p := range parts {
		text := string(p.Text + p.Refusal)
		t.joined += text
		t.gapped = joinTexts(partGap, t.gapped, text)
	}
	return nil
}

// about says which item an event is about, as far as the server says so.
type about struct {
	place  looseIndex
	id     string
	kind   string
	begins bool // the item is told to begin
}

func (e responseEvent) about(kind string) about {
	return about{e.Place, string(e.ItemID), kind, false}
}

// find gives the place of the item that an event is about, and begins one if it is
// not there yet. The newest comes first, for servers that leave out what would
// tell items apart.
func (s *response) find(a about) int {
	for n := len(s.items) - 1; n >= 0; n-- {
		if s.items[n].is(a) {
			return n
		}
	}
	s.items = append(s.items, &item{place: a.place, id: a.id, kind: a.kind})
	return len(s.items) - 1
}

// is tells whether an event is about this item. The place comes before the id:
// some gateways make up a new id for every event. Where all items have one place,
// the kind and the end of the one before tell them apart.
func (i *item) is(a about) bool {
	sameID := a.id != "" && a.id == i.id
	otherID := a.id != "" && i.id != "" && !sameID
	switch {
	case i.kind != a.kind, i.closed && !sameID:
		return false
	case a.place.ok && i.place.ok:
		return a.place.n == i.place.n && !(a.begins && otherID)
	}
	return sameID || !otherID && !a.begins
}

// nth gives the place of an item of the finished response: by its id, else as the
// nth of its kind, from 0.
func (s *response) nth(id, kind string, n int) int {
	same := -1
	for at, i := range s.items {
		switch {
		case id != "" && i.id == id:
			return at
		case i.kind == kind && n == 0 && same < 0:
			same = at
		case i.kind == kind:
			n--
		}
	}
	if same >= 0 {
		return same
	}
	s.items = append(s.items, &item{id: id, kind: kind})
	return len(s.items) - 1
}

// fill takes an item as it stands and gives what of it was not yet told.
func (s *response) fill(at int, w wireItem) []llm.Event {
	i := s.items[at]
	switch i.kind {
	case itemMessage:
		i.phase = cmp.Or(string(w.Phase), i.phase)
		return pieces(llm.TextDelta(i.rest(w.Content.joined)))
	case itemReasoning:
		if w.Encrypted != "" {
			i.raw = withoutStatus(w.raw)
		}
		return pieces(llm.ReasoningDelta(i.rest(joinTexts(partGap, w.Summary.gapped, w.Content.gapped))))
	case itemCall:
		i.name = cmp.Or(string(w.Name), i.name)
		i.whole(string(w.Arguments))
		return []llm.Event{s.progress(at)}
	}
	return nil
}

// withoutStatus is an item as it may go back: its status is told, and refused in a
// request.
func withoutStatus(raw json.RawMessage) json.RawMessage {
	var o fields
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	delete(o, "status")
	out, err := json.Marshal(o)
	if err != nil { // not possible: every member came out of a JSON text
		return nil
	}
	return out
}

// rest adds what a whole text has beyond what is there, and gives it. A text that
// is another one altogether adds nothing.
func (i *item) rest(whole string) string {
	rest, ok := strings.CutPrefix(whole, i.text.String())
	if !ok {
		return ""
	}
	i.text.WriteString(rest)
	return rest
}

// whole takes the arguments as they are at the end; their pieces may be missing.
func (i *item) whole(arguments string) {
	if len(arguments) > i.args.Len() {
		i.args.Reset()
		i.args.WriteString(arguments)
	}
}

// progress tells how far the call at a place is.
func (s *response) progress(at int) llm.CallDelta {
	index := 0
	for _, i := range s.items[:at] {
		if i.kind == itemCall {
			index++
		}
	}
	return llm.CallDelta{Index: index, Name: s.items[at].name, Bytes: s.items[at].args.Len()}
}
