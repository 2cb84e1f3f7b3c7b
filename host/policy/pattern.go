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
	const shape = "a rule is server/tool, such as github/get_* or */delete_*"
	if strings.ContainsAny(rule, "(=") {
		return fmt.Errorf("rule %s: %w; %s, or with arguments github/create_issue(owner=acme, repo=web-*)", quoted(rule), what, shape)
	}
	return fmt.Errorf("rule %s: %w; %s", quoted(rule), what, shape)
}

// quoted is a text in quotes, safe to show.
func quoted(s string) string { return `"` + clean.Line(s) + `"` }

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
	case !visible(pattern):
		return fmt.Errorf("its %s holds characters that cannot be seen", part)
	}
	return nil
}

// checkTool is checkPart for the tool, which parentheses end.
func checkTool(pattern string) error {
	if strings.ContainsAny(pattern, "()") {
		return errors.New("a parenthesis in it does not belong to a list of arguments (? stands for one inside a name)")
	}
	return checkPart("tool", pattern)
}

// visible tells whether a text is all that it looks like.
func visible(s string) bool { return utf8.ValidString(s) && clean.Line(s) == s }

// match tells whether a pattern of * and ? covers all of a name.
func match(pattern, name string) bool {
	return glob(pattern, name, func(p, n rune) bool { return p == '?' || p == n })
}

// contains tells whether a pattern matches whatever another one does. It may say
// no where two patterns say the same in different ways.
func contains(wide, narrow string) bool {
	return glob(wide, narrow, func(w, n rune) bool { return w == '?' && n != '*' || w == n })
}

// glob matches a pattern in which * stands for any run of characters; one tells
// about every other. On a mismatch only the last * moves on, so the time is at
// most that of one pass over the name for each character of the pattern.
func glob(pattern, name string, one func(p, n rune) bool) bool {
	p, n := []rune(pattern), []rune(name)
	star, resume := -1, 0
	i, j := 0, 0
	for j < len(n) {
		switch {
		case i < len(p) && p[i] == '*':
			star, resume = i, j
			i++
		case i < len(p) && one(p[i], n[j]):
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
