// Package theme holds the palettes (dark, light, 16 colours, high contrast,
// none) and the styles that are built from one.
package theme

import "charm.land/lipgloss/v2"

// A Theme is every style of the program, built once from a [Palette]. Styles are
// values; changing the theme means building another.
type Theme struct {
	Name string
	Dark bool
	// Plain is set where no colour tells things apart and marks must.
	Plain bool

	Text   lipgloss.Style // ordinary text, the terminal's own colour
	Muted  lipgloss.Style // secondary text
	Faint  lipgloss.Style // rules, hints, what may be overlooked
	Strong lipgloss.Style // headings, names
	Accent lipgloss.Style // the one colour that leads the eye
	You    lipgloss.Style // the person's own words

	Good lipgloss.Style // ready, succeeded
	Busy lipgloss.Style // starting, running
	Warn lipgloss.Style // needs attention, waits for a person
	Bad  lipgloss.Style // failed, denied

	Key      lipgloss.Style // a key in a hint
	Selected lipgloss.Style // the row under the cursor, readable without colour
	Code     lipgloss.Style // inline code and code without a language
	Link     lipgloss.Style
	Quote    lipgloss.Style

	// Syntax colours tokens of code blocks by kind.
	Syntax Syntax
}

// Syntax styles the tokens of a code block.
type Syntax struct {
	Keyword, Name, String, Number, Comment, Operator lipgloss.Style
}
