package policy

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"switchboard/host/clean"
)

// malformed says what is wrong with a rule and what a rule looks like.
func malformed(rule string, what error) error {
	return fmt.Errorf("rule %q: %w; a rule is server/tool, such as github/get_* or */delete_*", rule, what)
}

// checkPart tells why a text cannot be one of a rule's two patterns. A rule that
// could never match is refused here, not ignored later.
func checkPart(part, pattern string) error {
	switch {
	case pattern == "":
		return fmt.Errorf("its %s is empty (* means any)", part)
	case strings.Contains(pattern, "/"):
		return errors.New("it has more than one slash (? stands for a slash inside a name)")
	case strings.ContainsAny(pattern, `[]{}\`):
		return fmt.Errorf("its %s uses one of [ ] { } \\, but only * and ? have a meaning", part)
	case pattern != strings.TrimSpace(pattern):
		return fmt.Errorf("its %s begins or ends with a space", part)
	case !utf8.ValidString(pattern) || clean.Line(pattern) != pattern:
		return fmt.Errorf("its %s holds characters that cannot be seen", part)
	}
	return nil
}

// match tells whether a pattern of * and ? covers all of a name. On a mismatch
// only the last * moves on, so the time is at most that of one pass over the name
// for each character of the pattern.
func match(pattern, name string) bool {
	p, n := []rune(pattern), []rune(name)
	star, resume := -1, 0
	i, j := 0, 0
	for j < len(n) {
		switch {
		case i < len(p) && p[i] == '*':
			star, resume = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == n[j]):
			i++
			j++
		case star >= 0:
			resume++
			i, j = star+1, resume
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
