package workflow

import (
	"errors"
	"strings"
)

// split takes words apart at spaces. Quotes, single or double, hold a word with
// spaces together wherever in it they stand.
func split(words string) ([]string, error) {
	var fields []string
	var b strings.Builder
	var quote rune
	begun := false
	for _, r := range words {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			b.WriteRune(r)
		case (r == '"' || r == '\'') && opens(b.String()):
			quote, begun = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if begun {
				fields = append(fields, b.String())
				b.Reset()
				begun = false
			}
		default:
			b.WriteRune(r)
			begun = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	if begun {
		fields = append(fields, b.String())
	}
	return fields, nil
}

// opens tells whether a quote behind this much of a word opens a quotation: at its
// beginning or behind name=. Elsewhere it is an apostrophe.
func opens(word string) bool { return word == "" || strings.HasSuffix(word, "=") }
