package plain

import (
	"fmt"
	"io"
	"strings"
	"time"

	"switchboard/host"
	foreign "switchboard/host/clean"
)

// words prints for people: the answer on out, the rest on err.
type words struct {
	out, err io.Writer
	line     strings.Builder // what has come of the line under way
	// troubles are what was last said of each server that cannot be used.
	troubles map[string]string
}

func clean(s string) string { return foreign.Line(s) }

func (w *words) event(e host.Event, _ time.Time) {
	switch e := e.(type) {
	case host.Text:
		w.text(e.Text)
	case host.TextVoided:
		w.line.Reset()
		fmt.Fprintf(w.err, "warn: asking the model again in %s, the answer so far does not count: %s\n", e.Wait.Round(time.Millisecond), e.Why.Line())
	case host.ServerChanged:
		w.server(e.Server)
	case host.CallDecided:
		w.endText()
		fmt.Fprintf(w.err, "call %s: %s/%s: %s%s\n", e.ID, clean(e.Server), clean(e.Tool), e.Decision, by(e.Rule))
	case host.CallFinished:
		w.endText()
		fmt.Fprintf(w.err, "call %s: %s after %s, %d bytes%s\n", e.ID, e.Outcome, e.Took.Round(time.Millisecond), e.Bytes, trouble(e))
	case host.Notice:
		w.endText()
		fmt.Fprintf(w.err, "%s: %s\n", e.Level, e.Text.Line())
	case host.ModelChosen:
		fmt.Fprintf(w.err, "model: %s %s (%s)\n", e.Provider, e.Name, e.Why)
	case host.TurnEnded:
		w.endText()
	}
}

// text prints the lines that are whole: a piece of one may still change how the
// rest of it must be shown.
func (w *words) text(t foreign.Text) {
	w.line.WriteString(t.Raw())
	s := w.line.String()
	end := strings.LastIndexByte(s, '\n') + 1
	if end == 0 {
		return
	}
	_, _ = io.WriteString(w.out, foreign.Prose(s[:end]))
	w.line.Reset()
	w.line.WriteString(s[end:])
}

// endText prints an unfinished line and ends it.
func (w *words) endText() {
	if w.line.Len() > 0 {
		fmt.Fprintln(w.out, foreign.Prose(w.line.String()))
		w.line.Reset()
	}
}

// server mentions a server that cannot be used, once for each reason; the others
// are silent.
func (w *words) server(s host.ServerStatus) {
	switch s.State {
	case host.ServerFailed, host.ServerNeedsYou, host.ServerUntrusted, host.ServerBackoff:
	default:
		return
	}
	said := fmt.Sprintf("%s: %s", s.State, s.Reason.Line())
	if w.troubles[s.Name] == said {
		return
	}
	w.troubles[s.Name] = said
	fmt.Fprintf(w.err, "server %s: %s\n", clean(s.Name), said)
}

func (w *words) failed(_, message, hint string, _ time.Time) {
	w.endText()
	fmt.Fprintf(w.err, "switchboard: %s\n", message)
	if hint != "" {
		fmt.Fprintf(w.err, "  %s\n", hint)
	}
}

func by(rule string) string {
	if rule == "" {
		return ""
	}
	return " by rule " + clean(rule)
}

// trouble is the first line of what went wrong with a call.
func trouble(e host.CallFinished) string {
	if e.Outcome == host.Succeeded {
		return ""
	}
	first, _, _ := strings.Cut(e.Text.Raw(), "\n")
	return ": " + clean(first)
}
