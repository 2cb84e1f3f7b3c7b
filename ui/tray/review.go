package tray

import (
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// A reviewCard shows a result before the model reads it, and asks how much of it the
// model gets.
type reviewCard struct {
	host.ResultReview
	text   string // what would be sent: the result, or what the person made of it
	edited bool

	rows, hidden int // lines of the text, and characters in it that hide
	width        int
	lines        []string
}

func newReviewCard(q host.ResultReview) *reviewCard {
	c := &reviewCard{ResultReview: q}
	c.take(q.Text.Raw(), false)
	return c
}

func (c *reviewCard) headline(th theme.Theme) string { return th.Strong.Render(c.summary()) }

func (c *reviewCard) summary() string { return "result of " + heading(c.Tool.ID) }

func (c *reviewCard) server() string { return c.Tool.ID.Server }

func (c *reviewCard) risk() (words string, loud bool) {
	return amount.Bytes(len(c.text)) + " for the model to read", false
}

func (c *reviewCard) facts(th theme.Theme, w int) []string {
	said := amount.Bytes(len(c.text)) + ", " + amount.Count(c.rows, "line")
	if c.IsError {
		said += " · the tool says that it failed"
	}
	lines := []string{th.Muted.Render(cells.Cut(said+" · the model has not read it", w))}
	if c.edited {
		lines = append(lines, th.Accent.Render(cells.Cut("changed by you; the model is told so", w)))
	}
	if c.hidden > 0 {
		lines = append(lines, th.Bad.Render(cells.Cut(amount.Count(c.hidden, "hidden character")+", shown as ‹…›", w)))
	}
	return lines
}

// maxResult bounds how much of a result is laid out, in bytes.
const maxResult = 512 << 10

// body is the result behind a rule, laid out once for a width.
func (c *reviewCard) body(th theme.Theme, w int) ([]string, int) {
	if c.lines != nil && c.width == w {
		return c.lines, 0
	}
	c.width, c.lines = w, []string{}
	edge := th.Faint.Render("│ ")
	for l := range strings.SplitSeq(strings.TrimRight(clean.Block(clean.Head(c.text, maxResult)), "\n"), "\n") {
		for _, part := range cells.Chop(l, max(1, w-2)) {
			c.lines = append(c.lines, edge+part)
		}
	}
	if more := len(c.text) - maxResult; more > 0 {
		c.lines = append(c.lines, th.Warn.Render(cells.Cut("… "+amount.Bytes(more)+" more: e and ctrl+g open it in your editor", w)))
	}
	return c.lines, 0
}

func (c *reviewCard) folded() bool { return false }
func (c *reviewCard) unfold()      {}
func (c *reviewCard) restyle()     { c.lines = nil }

func (c *reviewCard) keys() []choice {
	keys := []choice{{key: "o", label: "send all", answer: host.Release{Kind: host.ReleaseAll}}}
	if c.edited {
		keys = []choice{
			{key: "o", label: "send as changed", answer: host.Release{Kind: host.ReleaseEdited, Text: c.text}},
			{key: "u", label: "as it was", do: func() change { return c.take(c.Text.Raw(), false) }},
		}
	} else if len(c.text) > firstSizes[0] {
		keys = append(keys, choice{key: "f", label: "the first part …", open: func() panel { return &firstPanel{of: c} }})
	}
	if c.CanKeep && !c.edited {
		keys = append(keys, choice{key: "p", label: "its path alone", answer: host.Release{Kind: host.ReleasePath}})
	}
	return append(keys,
		choice{key: "e", label: "redact …", open: func() panel { return &redactPanel{of: c} }},
		choice{key: "d", label: "withhold", answer: host.Withhold{}},
		choice{key: "r", label: "withhold with a reason", open: c.reason})
}

func (c *reviewCard) reason() panel {
	return &reasonPanel{
		of: c, says: "withholds with this reason",
		answer: func(reason string) host.Answer { return host.Withhold{Reason: reason} },
	}
}

// take has the card show another text.
func (c *reviewCard) take(text string, edited bool) change {
	c.text, c.edited = text, edited
	c.rows, c.hidden = strings.Count(text, "\n")+1, clean.Hidden(text)
	c.restyle()
	return change{close: true, again: true}
}

// drafted takes what an editor gave back.
func (c *reviewCard) drafted(text string) change {
	if text == c.text {
		return change{close: true}
	}
	return c.take(text, text != c.Text.Raw())
}
