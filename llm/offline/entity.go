package offline

import (
	"cmp"
	"slices"
	"strings"
)

// A kind says what an entity looks like.
type kind int

const (
	quoted kind = iota
	link
	path
	glob
	date
	clockTime
	arithmetic
	number
	name
)

// An entity is a piece of a message that can be the value of an argument.
type entity struct {
	kind    kind
	text    string // the value: without quotes, digit groups joined
	at, end int    // its bytes in the clause
	// spelled marks a number written as a word, which may be none ("that one").
	spelled bool
}

var (
	quotePattern = lazy("\"([^\"]+)\"|“([^”]+)”|«([^»]+)»|`([^`]+)`|(?:^|\\s)'([^']{2,})'(?:[\\s,.;:?!]|$)")
	linkPattern  = lazy(`\b[a-z][a-z0-9+.-]*://[^\s,"<>]+`)
	datePattern  = lazy(`\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?\b`)
	clockPattern = lazy(`(?i)\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m\b)?|\b\d{1,2}\s?[ap]m\b`)
	namePattern  = lazy(`\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*`)
)

// entities finds the values in s. What stands earlier in the list of finders
// wins where two would take the same bytes. known tells the words that a tool
// could mean: such a word at the beginning of a sentence is no name.
func entities(s string, known func(word string) bool) []entity {
	var found []entity
	for _, find := range []func(string) []entity{
		quotes, links, dates, clockTimes, paths, expressions, numbers, numberWords,
		func(s string) []entity { return names(s, known) },
	} {
		taken := found
		for _, e := range find(s) {
			if !slices.ContainsFunc(taken, e.overlaps) {
				found = append(found, e)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b entity) int { return cmp.Compare(a.at, b.at) })
	return found
}

func (e entity) overlaps(o entity) bool { return e.at < o.end && o.at < e.end }

// matches makes an entity of the first group that matched, or of the whole.
func matches(k kind, form pattern, s string) []entity {
	var out []entity
	for _, m := range form().FindAllStringSubmatchIndex(s, -1) {
		from, to := m[0], m[1]
		for g := 2; g+1 < len(m); g += 2 {
			if m[g] >= 0 {
				from, to = m[g], m[g+1]
			}
		}
		out = append(out, entity{kind: k, text: s[from:to], at: from, end: to})
	}
	return out
}

func quotes(s string) []entity     { return matches(quoted, quotePattern, s) }
func dates(s string) []entity      { return matches(date, datePattern, s) }
func clockTimes(s string) []entity { return matches(clockTime, clockPattern, s) }

func links(s string) []entity {
	out := matches(link, linkPattern, s)
	for i := range out {
		out[i].text = strings.TrimRight(out[i].text, ".;:?!)")
	}
	return out
}

// names finds runs of capitalised words: Tokyo, New York, Alice.
func names(s string, known func(word string) bool) []entity {
	var out []entity
	for _, e := range matches(name, namePattern, s) {
		first, rest, more := strings.Cut(e.text, " ")
		if e.opensSentence(s) && known(strings.ToLower(first)) {
			if !more {
				continue
			}
			e.at += len(first) + 1
			e.text = rest
		}
		if !isAcronym(e.text) {
			out = append(out, e)
		}
	}
	return out
}

func (e entity) opensSentence(s string) bool {
	before := strings.TrimRight(s[:e.at], " ")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:;")
}

// isAcronym tells MCP and JSON from places and people.
func isAcronym(s string) bool { return strings.ToUpper(s) == s }
