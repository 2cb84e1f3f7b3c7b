package tray

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// firstSizes are how much of a result may be sent, in bytes.
var firstSizes = [...]int{1000, 4000, 16_000, 64_000, 256_000}

// A firstPanel sends the first part of a result. It shows where that ends.
type firstPanel struct {
	still
	of   *reviewCard
	size int // index of firstSizes
}

// endRows is how many rows are shown of where the part ends.
const endRows = 8

func (p *firstPanel) body(th theme.Theme, w int) ([]string, int) {
	part := clean.Head(p.of.text, firstSizes[p.size])
	said := "the first " + amount.Bytes(len(part)) + " of " + amount.Bytes(len(p.of.text)) + ", which end so:"
	lines := []string{th.Muted.Render(cells.Cut(said, w))}
	var rows []string
	for l := range strings.SplitSeq(clean.Block(strings.ToValidUTF8(part[max(0, len(part)-endRows*w):], "")), "\n") {
		rows = append(rows, cells.Chop(l, max(1, w-2))...)
	}
	for _, r := range rows[max(0, len(rows)-endRows):] {
		lines = append(lines, th.Faint.Render("│ ")+r)
	}
	return lines, 0
}

func (p *firstPanel) keys() []choice {
	return []choice{
		{key: "f", label: "send that", answer: host.Release{Kind: host.ReleaseFirst, First: firstSizes[p.size]}},
		{key: "right", label: "more", do: func() change { return p.step(1) }},
		{key: "left", label: "less", do: func() change { return p.step(-1) }},
	}
}

// step takes another size, as long as it leaves something out.
func (p *firstPanel) step(by int) change {
	if n := p.size + by; n >= 0 && n < len(firstSizes) && firstSizes[n] < len(p.of.text) {
		p.size = n
	}
	return change{}
}

// redacted stands in a result where the person took something out.
const redacted = "[redacted]"

// A redactPanel takes every occurrence of a text out of a result; or anything, in
// the person's own editor.
type redactPanel struct {
	of     *reviewCard
	field  form.Field
	column int
}

const redactPrompt = "take out: "

func (p *redactPanel) body(th theme.Theme, w int) ([]string, int) {
	said, at := p.field.Draw(max(2, w-len(redactPrompt)))
	p.column = len(redactPrompt) + at
	found := "type what the model must not read"
	if !p.field.Empty() {
		found = amount.Count(strings.Count(p.of.text, p.field.Value()), "place")
	}
	lines := []string{th.Warn.Render(redactPrompt) + said, th.Muted.Render(cells.Cut(found, w)), ""}
	below, _ := p.of.body(th, w)
	return append(lines, below[:min(besideReason, len(below))]...), 0
}

func (p *redactPanel) keys() []choice {
	return []choice{
		{key: "enter", label: "take it out", do: p.redact},
		{key: "ctrl+g", label: "your editor", do: func() change { return change{draft: &Draft{Text: p.of.text}} }},
	}
}

func (p *redactPanel) redact() change {
	what := p.field.Value()
	if what == "" || !strings.Contains(p.of.text, what) {
		return change{note: "that is not in the result"}
	}
	return p.of.take(strings.ReplaceAll(p.of.text, what, redacted), true)
}

func (p *redactPanel) press(k tea.KeyPressMsg) bool {
	p.field.Press(k.String(), k.Text)
	return true
}

func (p *redactPanel) paste(text string) { p.field.Insert(text) }

func (p *redactPanel) at() (row, column int) { return 0, p.column }
