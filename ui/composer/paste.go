package composer

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"switchboard/host/clean"
	"switchboard/ui/amount"
)

const (
	// chipLines and chipRunes are the sizes above which a paste is kept beside
	// the input: the textarea takes 42 ms to draw 1,000 lines.
	chipLines = 10
	chipRunes = 1000
)

// A chip stands in the draft for a paste that is kept aside.
type chip struct{ label, text string }

type chips []chip

// Paste takes pasted text. It never sends anything. What is long, or would not
// look in the input as it is, becomes a chip.
func (c *Composer) Paste(text string) {
	text = newlines(text)
	if text == "" {
		return
	}
	if needsChip(text) {
		text = c.chips.add(text)
	}
	c.area.InsertString(text)
	c.update(nil) // so that the height follows
	c.rows = nil
}

// newlines writes line breaks as \n. Terminals send \r for those of a paste.
func newlines(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return strings.ToValidUTF8(s, "\uFFFD")
}

func needsChip(s string) bool {
	return strings.Count(s, "\n") >= chipLines || utf8.RuneCountInString(s) > chipRunes ||
		strings.Contains(s, "\t") || hides(s)
}

// hides tells whether s holds what a terminal would not show as it is.
func hides(s string) bool {
	s = strings.ReplaceAll(s, "\u00a0", " ")
	return clean.Prose(s) != s
}

// add keeps text aside and gives the label that stands for it. The same text gets
// the same label.
func (cs *chips) add(text string) string {
	if i := slices.IndexFunc(*cs, func(c chip) bool { return c.text == text }); i >= 0 {
		return (*cs)[i].label
	}
	size := amount.Count(strings.Count(strings.TrimSuffix(text, "\n"), "\n")+1, "line")
	if !strings.Contains(text, "\n") {
		size = amount.Count(utf8.RuneCountInString(text), "character")
	}
	label := "[pasted " + size + "]"
	for n := 2; cs.find(label) >= 0; n++ {
		label = fmt.Sprintf("[pasted %s #%d]", size, n)
	}
	*cs = append(*cs, chip{label, text})
	return label
}

func (cs chips) find(label string) int {
	return slices.IndexFunc(cs, func(c chip) bool { return c.label == label })
}

// expand puts the pastes where their labels stand. It reads the draft once, so
// that a paste that holds a label is not expanded again.
func (cs chips) expand(draft string) string {
	pairs := make([]string, 0, 2*len(cs))
	for _, c := range cs {
		pairs = append(pairs, c.label, c.text)
	}
	return strings.NewReplacer(pairs...).Replace(draft)
}

// backspace deletes a character, or the whole chip that it touches.
func (c *Composer) backspace(k tea.KeyPressMsg) {
	before, n := c.beforeCursor(), 1
	for _, ch := range c.chips {
		if strings.HasSuffix(before, ch.label) {
			n = utf8.RuneCountInString(ch.label)
		}
	}
	for range n {
		c.update(k)
	}
}
