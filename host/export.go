package host

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/journal"
)

// Export writes a session of the store for others to read: the conversation as it
// stands, with its calls, without turns that were undone. JSON holds every record.
func Export(store journal.Store, id string, format Format) (string, error) {
	if format == JSON {
		return exportJSON(store, id)
	}
	p := newTale()
	if _, err := store.Read(id, p.take); err != nil {
		return "", err
	}
	p.settle(time.Now())
	x := exporter{markdown: format == Markdown, calls: map[CallID]CallPlanned{}}
	x.head(p.header)
	for _, e := range p.standing() {
		x.event(e)
	}
	return x.b.String(), nil
}

// standing are the events of turns that were not undone.
func (p *tale) standing() []Event {
	all := p.told()
	var kept []Event
	begins := map[int]int{}
	for _, e := range all {
		switch e := e.(type) {
		case TurnStarted:
			begins[e.Turn] = len(kept)
		case TurnUndone:
			if at, ok := begins[e.Turn]; ok && at <= len(kept) {
				kept = kept[:at]
			}
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

func exportJSON(store journal.Store, id string) (string, error) {
	records := []journal.Record{}
	c, err := store.Read(id, func(r journal.Record) bool { records = append(records, r); return true })
	if err != nil {
		return "", err
	}
	var damaged []string
	for _, d := range c.Damaged {
		damaged = append(damaged, d.String())
	}
	text, err := json.MarshalIndent(struct {
		ID      string           `json:"id"`
		Records []journal.Record `json:"records"`
		Damaged []string         `json:"damaged,omitempty"`
	}{id, records, damaged}, "", "  ")
	if err != nil {
		return "", fmt.Errorf("writing the session %s as JSON: %w", id, err)
	}
	return string(text) + "\n", nil
}

// An exporter writes a conversation as Markdown or as plain text.
type exporter struct {
	b        strings.Builder
	markdown bool
	writing  bool // an answer
	calls    map[CallID]CallPlanned
}

func (x *exporter) head(h journal.Header) {
	about := fmt.Sprintf("Session %s, with %s %s in %s", h.ID, clean.Line(h.Model.Provider), clean.Line(h.Model.Name), clean.Line(h.Dir))
	if x.markdown {
		x.b.WriteString("# Switchboard session\n\n")
	}
	x.b.WriteString(about + "\n")
}

func (x *exporter) event(e Event) {
	if t, ok := e.(Text); ok {
		if !x.writing {
			x.b.WriteString("\n")
		}
		x.writing = true
		x.b.WriteString(t.Text.Prose())
		return
	}
	if x.writing {
		x.b.WriteString("\n")
		x.writing = false
	}
	switch e := e.(type) {
	case TurnStarted:
		x.prompt(e.Prompt)
	case TurnSteered:
		x.prompt(e.Prompt)
	case CallPlanned:
		x.calls[e.ID] = e
	case CallFinished:
		x.call(e)
	case Notice:
		x.aside(e.Text.Line())
	case TurnEnded:
		if e.Finish != FinishDone {
			x.aside("the turn ended: " + string(e.Finish) + " " + e.Failure.Message.Line())
		}
	}
}

func (x *exporter) prompt(text string) {
	if x.markdown {
		x.b.WriteString("\n## You\n\n" + clean.Prose(text) + "\n")
		return
	}
	x.b.WriteString("\n> " + strings.ReplaceAll(clean.Prose(text), "\n", "\n> ") + "\n")
}

func (x *exporter) aside(text string) {
	if text = strings.TrimSpace(text); x.markdown {
		text = "*" + text + "*"
	}
	x.b.WriteString("\n" + text + "\n")
}

func (x *exporter) call(e CallFinished) {
	planned := x.calls[e.ID]
	name := planned.Name.Line()
	if e.Server != "" {
		name = clean.Line(e.Server + "/" + e.Tool)
	}
	arguments := clean.Line(string(planned.Arguments))
	if !x.markdown {
		fmt.Fprintf(&x.b, "\n[%s %s: %s]\n%s\n", name, arguments, e.Outcome, e.Text.Block())
		return
	}
	text := e.Text.Block()
	fence := fenceFor(arguments + "\n" + text)
	fmt.Fprintf(&x.b, "\n**%s**: %s\n\n%sjson\n%s\n%s\n\n%s\n%s\n%s\n", name, e.Outcome, fence, arguments, fence, fence, text, fence)
}

// fenceFor is a fence that the text does not break out of.
func fenceFor(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}
