package host

import (
	"fmt"
	"unicode/utf8"
)

// resultLimit is how many bytes of a tool's answer the model reads; the person
// can always read all of it.
const resultLimit = 24 << 10

// cut keeps head and tail of a long answer and says how much is missing between
// them, in words that the model reads.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	head := limit * 2 / 3
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	tail := len(s) - (limit - head)
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return fmt.Sprintf("%s\n[… %d of %d bytes left out here …]\n%s", s[:head], tail-head, len(s), s[tail:])
}
