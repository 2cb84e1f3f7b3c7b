// Package clean makes foreign text (from servers, models and files) visible and
// safe to show. Foreign text has a type of its own, [Text], whose every way to a
// plain string but [Text.Raw] neutralises what could fool a terminal or a reader.
package clean

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf16"
)

// Text is text that somebody else wrote. Printing it with any fmt verb for
// strings gives the strict one-line form. Package fmt cannot do so for a Text in
// an unexported field: never print such a struct whole.
type Text struct{ raw string }

// Foreign marks s as somebody else's.
func Foreign(s string) Text { return Text{s} }

// Raw gives the text as it came: for the model, for sending back, for hashing.
// Never for a screen, a file name or a log.
func (t Text) Raw() string { return t.raw }

// Empty tells whether there is no text at all.
func (t Text) Empty() bool { return t.raw == "" }

// String is [Text.Line], so that a careless print is still safe.
func (t Text) String() string { return Line(t.raw) }

// Line shows the text on one line, everything hidden made visible.
func (t Text) Line() string { return Line(t.raw) }

// Block shows the text with its line breaks, everything else hidden made visible.
func (t Text) Block() string { return Block(t.raw) }

// Prose shows the text as a reader of a conversation wants it: emoji and scripts
// that need joiners stay whole, what could deceive is made visible.
func (t Text) Prose() string { return Prose(t.raw) }

// MarshalJSON writes the raw text, with an escape for every hidden character, so
// that the JSON itself may be printed. Stray bytes become U+FFFD.
func (t Text) MarshalJSON() ([]byte, error) {
	literal, err := json.Marshal(t.raw)
	if err != nil || !bytes.ContainsFunc(literal, hidden) {
		return literal, err
	}
	var b bytes.Buffer
	for _, r := range string(literal) {
		switch high, low := utf16.EncodeRune(r); {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes(), nil
}
