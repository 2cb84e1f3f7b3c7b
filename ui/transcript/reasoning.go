package transcript

import (
	"strings"
	"unicode/utf8"

	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/transcript/flow"
)

// A reasoning is what the model thought aloud: its last lines while it thinks,
// one line when it is done, all of it when unfolded.
type reasoning struct {
	page
	text  strings.Builder
	sheet sheet
	done  bool
	whole bool
	limit int
}

const thinkingLines = 3 // that are shown while the model thinks

func (r *reasoning) write(text string) {
	r.text.WriteString(text)
	r.forget()
}

func (r *reasoning) end() {
	r.done = true
	r.forget()
}

func (r *reasoning) layout(p *pen) {
	if r.fresh(p) {
		return
	}
	switch {
	case r.whole:
		r.lines = r.unfolded(p)
	case r.done:
		n := len(flow.Text(clean.Prose(r.trimmed()), "", p.width))
		r.lines = []string{flow.Cut(flow.Paint(p.faint, "thought for "+amount.Count(n, "line")), p.width)}
	default:
		r.lines = append([]string{flow.Paint(p.faint, flow.Cut("thinking …", p.width))}, r.newest(p)...)
	}
}

func (r *reasoning) trimmed() string { return strings.TrimSpace(r.text.String()) }

// newest lays out no more of a long train of thought than its last lines can
// come from.
func (r *reasoning) newest(p *pen) []string {
	text := r.trimmed()
	if from := len(text) - 4*thinkingLines*p.width; from > 0 {
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
		text = text[from:]
		if i := strings.IndexAny(text, " \n"); i >= 0 {
			text = text[i+1:]
		}
	}
	lines := flow.Text(clean.Prose(text), p.muted, p.width)
	return lines[max(len(lines)-thinkingLines, 0):]
}

func (r *reasoning) unfolded(p *pen) []string {
	head := flow.Paint(p.faint, flow.Cut("thoughts", p.width))
	r.sheet.fill(r.trimmed(), p.muted, p.width, r.limit)
	lines, more := r.sheet.shown(r.limit)
	out := append([]string{head}, lines...)
	if more != "" {
		out = append(out, flow.Paint(p.faint, flow.Cut("… "+more, p.width)))
	}
	return out
}

func (r *reasoning) mark(p *pen) string { return flow.Paint(p.faint, "∴") }
func (r *reasoning) size() int          { return 0 }
func (r *reasoning) copied() string     { return clean.Prose(r.trimmed()) }
func (r *reasoning) plain() string      { return "" }

func (r *reasoning) toggle(p *pen) {
	r.fold(r.whole, p)
}

func (r *reasoning) fold(closed bool, p *pen) {
	r.whole, r.limit = !closed, screenful(p)
	r.forget()
}

// reveal shows more of the unfolded text.
func (r *reasoning) reveal() bool {
	if !r.whole {
		return false
	}
	if _, more := r.sheet.shown(r.limit); more == "" {
		return false
	}
	r.limit += revealed
	r.forget()
	return true
}
