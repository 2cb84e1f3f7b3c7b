package clean

import (
	"fmt"
	"unicode"
)

// hiding are the tables of runes that are invisible, change how others are
// shown, or mean something to a terminal. Unicode keeps such characters in these
// classes; TestEveryHiddenClass lists them one by one.
var hiding = []*unicode.RangeTable{
	unicode.Cc, // C0 controls, DEL, C1 controls
	unicode.Cf, // bidi controls, zero-width, tags, interlinear annotation
	unicode.Co, // private use
	unicode.Zl, unicode.Zp, unicode.Zs,
	unicode.Variation_Selector,
	unicode.Other_Default_Ignorable_Code_Point, // fillers, grapheme joiner
	unicode.Noncharacter_Code_Point,
	blank,
}

// blank are letters and symbols that draw nothing although Unicode counts them
// as visible.
var blank = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x2800, Hi: 0x2800, Stride: 1}},   // braille pattern of no dots
	R32: []unicode.Range32{{Lo: 0x1d159, Hi: 0x1d159, Stride: 1}}, // musical null notehead
}

// hidden tells whether a rune must be replaced by a marker. LF, TAB and the
// space are the writer's to handle.
func hidden(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == ' ':
		return false
	case r < 0xa0:
		return r < ' ' || r >= 0x7f
	}
	return !common(r) && unicode.In(r, hiding...)
}

// common tells, without searching a table, that a rune is a letter, digit or
// sign that needs no care: most of ASCII, Latin, Greek, Cyrillic, Chinese,
// Japanese and Korean.
func common(r rune) bool {
	switch {
	case r < 0x300:
		return ' ' < r && r < 0x7f || 0xc0 <= r
	case r < 0x3000:
		return 0x370 <= r && r < 0x483
	}
	return r <= 0x3029 && r > 0x3000 || 0x3041 <= r && r <= 0x3096 || 0x30a0 <= r && r <= 0x30ff ||
		0x4e00 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3 || 0xff01 <= r && r <= 0xff60
}

// symbol is the marker for a rune: control pictures for ASCII controls, the code
// point for everything else. Markers hold nothing that is hidden.
func symbol(r rune) string {
	switch {
	case r < ' ':
		return string('␀' + r)
	case r == 0x7f:
		return "␡"
	}
	return fmt.Sprintf("‹U+%04X›", r)
}
