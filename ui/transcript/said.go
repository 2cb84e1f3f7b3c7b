package transcript

import (
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/transcript/flow"
	"switchboard/ui/transcript/markdown"
)

// A prompt is what the person said. A long one, pasted perhaps, is folded.
type prompt struct {
	page
	text  string // cleaned
	whole bool
}

const promptLines = 12 // of a folded prompt

func newPrompt(text string) *prompt {
	return &prompt{text: strings.TrimRight(clean.Prose(flow.ExpandTabs(text)), " \n")}
}

func (m *prompt) layout(p *pen) {
	if m.fresh(p) {
		return
	}
	lines := flow.Text(m.text, p.strong, p.width)
	if !m.whole && len(lines) > promptLines+2 {
		more := flow.Paint(p.faint, "… "+amount.Count(len(lines)-promptLines, "more line"))
		lines = append(lines[:promptLines:promptLines], flow.Cut(more, p.width))
	}
	m.lines = lines
}

func (m *prompt) mark(p *pen) string { return flow.Paint(p.you, "❯") }
func (m *prompt) size() int          { return len(m.text) }
func (m *prompt) copied() string     { return m.text }
func (m *prompt) plain() string      { return "❯ " + strings.ReplaceAll(m.text, "\n", "\n  ") }

func (m *prompt) toggle(*pen) {
	m.whole = !m.whole
	m.forget()
}

// An answer is the model's text of one step.
type answer struct {
	stream       *markdown.Stream
	pen          int // the serial number of the pen of the last layout
	renderer     *markdown.Renderer
	grown        bool
	closedOff    bool
	closed, open []string
	tail         []string // what is said below an answer that was cut
	cut          bool
}

func newAnswer(p *pen) *answer {
	return &answer{stream: p.markdown.Stream(), renderer: p.markdown}
}

func (a *answer) write(text string) {
	a.stream.Append(text)
	a.grown = true
}

// ended tells whether nothing more comes.
func (a *answer) ended() bool { return a.closedOff }

// end closes the answer; cut tells that more was to come.
func (a *answer) end(cut bool) {
	a.stream.Close()
	a.grown, a.closedOff, a.cut = true, true, cut
}

func (a *answer) layout(p *pen) {
	if a.pen == p.serial && !a.grown {
		return
	}
	if a.renderer != p.markdown {
		a.renderer = p.markdown
		a.stream.Restyle(p.markdown)
	}
	a.closed, a.open = a.stream.Lines(p.width)
	a.pen, a.grown = p.serial, false
	a.tail = nil
	if a.cut {
		a.tail = flow.Text("┄┄ the answer breaks off here", p.warn, p.width)
	}
}

func (a *answer) height() int { return len(a.closed) + len(a.open) + len(a.tail) }

func (a *answer) line(i int) string {
	for _, part := range [...][]string{a.closed, a.open} {
		if i < len(part) {
			return part[i]
		}
		i -= len(part)
	}
	return a.tail[i]
}

func (a *answer) mark(*pen) string { return " " }
func (a *answer) size() int        { return a.stream.Len() }
func (a *answer) copied() string   { return strings.TrimSpace(clean.Prose(a.stream.Source())) }
func (a *answer) toggle(*pen)      {}

func (a *answer) plain() string {
	if a.cut {
		return a.copied() + "\n[the answer breaks off here]"
	}
	return a.copied()
}
