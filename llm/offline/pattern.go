package offline

import (
	"regexp"
	"sync"
)

// A pattern is a regular expression that is compiled at its first use. The program
// and each of its built-in servers start more often than a message is matched, and
// compiling all of them would cost every start some milliseconds.
type pattern func() *regexp.Regexp

// lazy panics at the pattern's first use when expr is no regular expression.
func lazy(expr string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
