package host

import "fmt"

// resultLimit is how many bytes of a tool's answer a model with a large window is
// given; the person can always read all of it.
const resultLimit = 24 << 10

// limitFor is the limit for a window of so many tokens, 0 for an unknown one: a
// quarter of it, as a result may not take the room of the conversation. A token
// is taken for four bytes.
func limitFor(window int) int {
	if window <= 0 {
		return resultLimit
	}
	return max(1<<10, min(resultLimit, window))
}

// cut keeps head and tail of a long answer and says how much is missing between
// them, and how to get at it, in words that the model reads.
func cut(s string, limit int, how string) string {
	if len(s) <= limit {
		return s
	}
	head := wholeRune(s, limit*2/3)
	tail := wholeRune(s, len(s)-(limit-head))
	return fmt.Sprintf("%s\n[… bytes %d to %d of %d are left out here%s …]\n%s", s[:head], head, tail, len(s), how, s[tail:])
}
