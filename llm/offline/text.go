package offline

import (
	"slices"
	"strings"

	"switchboard/llm/find"
)

// cues are the words that stand in front of a value, by the role of the
// parameter. Where several are in a message, the earlier in the list wins.
var cues = map[role][]string{
	place:       {"in", "for", "at", "near", "of"},
	search:      {"named", "called", "mentioning", "mention", "mentions", "containing", "contain", "contains", "matching", "about", "on", "for", "up"},
	filePattern: {"matching", "named", "called"},
	prose:       {"saying", "says", "say", "echo", "that"},
	title:       {"titled", "called", "named"},
	identifier:  {"id", "number", "note", "issue"},
	sort:        {"type"},
	owner:       {"owner", "user", "by"},
	repository:  {"repo", "repository"},
	timeZone:    {"in", "for", "at"},
}

// textFor finds the value of a parameter that is a string.
func (f *filler) textFor(p param, sure bool) (string, bool) {
	loose := !sure && p.required
	switch r := p.role(); r {
	case filePath:
		return f.path(p, loose)
	case filePattern:
		return first(f.takes(glob, quoted), loose, f.wordAfter(r))
	case address:
		return f.take(link)
	case formula:
		return first(f.takes(arithmetic), loose, f.takes(quoted))
	case calendarDate:
		return first(f.takes(date), true, f.dateWord(p))
	case timeOfDay:
		return f.take(clockTime)
	case timeZone:
		return f.zone(p)
	case place:
		return first(f.takesAfter(r, name, quoted), loose, f.takes(name, quoted), f.placeTail)
	case search:
		return first(f.takesAfter(r, name, quoted), loose, f.takes(quoted), f.searchTail, f.takes(name), f.remainder)
	case prose:
		return first(f.takesAfter(r, quoted), loose, f.proseParts()...)
	case unit:
		return f.unit(p)
	case title:
		return first(f.takesAfter(r, quoted, name), loose, f.wordAfter(r), f.ownCue(p), f.takes(quoted, name))
	case sort:
		return first(f.wordAfter(r), loose, f.isA)
	case identifier:
		return first(f.takesAfter(r, number, quoted, path), loose, f.code, f.takes(number, quoted))
	case owner, repository:
		return f.wordAfter(r)()
	default:
		return first(f.ownCue(p), loose, f.takes(quoted), f.takes(name))
	}
}

// A finder looks for a value and takes it.
type finder func() (string, bool)

// first asks the sure finder, and the others only when a guess is wanted.
func first(sure finder, loose bool, others ...finder) (string, bool) {
	if s, ok := sure(); ok {
		return s, true
	}
	if !loose {
		return "", false
	}
	for _, find := range others {
		if s, ok := find(); ok {
			return s, true
		}
	}
	return "", false
}

// take uses up the first free entity of a kind; the order of kinds decides.
func (f *filler) take(kinds ...kind) (string, bool) {
	for _, k := range kinds {
		for i, e := range f.entities {
			if e.kind == k && !f.used[i] {
				f.used[i] = true
				return e.text, true
			}
		}
	}
	return "", false
}

func (f *filler) takes(kinds ...kind) finder {
	return func() (string, bool) { return f.take(kinds...) }
}

// takesAfter takes an entity that stands behind a cue of the role.
func (f *filler) takesAfter(r role, kinds ...kind) finder {
	return func() (string, bool) {
		for i, e := range f.entities {
			if f.used[i] || !slices.Contains(kinds, e.kind) || e.kind == name && calendarWords[strings.ToLower(e.text)] {
				continue
			}
			if slices.Contains(cues[r], wordBefore(f.lower[:e.at])) {
				f.used[i] = true
				return e.text, true
			}
		}
		return "", false
	}
}

// Capitalised words that are neither places nor people.
var calendarWords = setOf(`monday tuesday wednesday thursday friday saturday sunday january february march
	april may june july august september october november december`)

var fillers = setOf("the a an my")

// wordBefore is the last word of s that is no article; a colon counts as "say".
func wordBefore(s string) string {
	s = strings.TrimRight(s, " \"“`'«([")
	if strings.HasSuffix(s, ":") {
		return "say"
	}
	ws := find.Words(s)
	for len(ws) > 0 && fillers[ws[len(ws)-1]] {
		ws = ws[:len(ws)-1]
	}
	if len(ws) == 0 {
		return ""
	}
	return ws[len(ws)-1]
}

var plainWord = lazy(`^[\p{L}\d][\p{L}\d._-]*$`)

// wordAfter takes the one word behind a cue of the role: "called sandbox".
func (f *filler) wordAfter(r role) finder {
	return func() (string, bool) { return f.oneWordAfter(cues[r]) }
}

// ownCue takes the word behind the parameter's own name: "branch hotfix".
func (f *filler) ownCue(p param) finder {
	return func() (string, bool) {
		ws := find.Words(p.name)
		if len(ws) == 0 || len(ws[len(ws)-1]) < 3 {
			return "", false
		}
		return f.oneWordAfter(ws[len(ws)-1:])
	}
}

func (f *filler) oneWordAfter(cues []string) (string, bool) {
	fields := strings.Fields(f.text)
	for _, cue := range cues {
		for i, w := range fields[:max(len(fields)-1, 0)] {
			next := strings.Trim(fields[i+1], "\"'“”`.,;:?!")
			if strings.ToLower(w) == cue && plainWord().MatchString(next) && !find.Stop(strings.ToLower(next)) && !isCue(next) {
				f.useAt(next)
				return next, true
			}
		}
	}
	return "", false
}

// code takes an identifier of letters and digits: "note n12".
func (f *filler) code() (string, bool) {
	if s, ok := f.oneWordAfter(cues[identifier]); ok && strings.ContainsAny(s, "0123456789") {
		return s, true
	}
	return "", false
}

func isCue(word string) bool { return slices.Contains(cues[title], strings.ToLower(word)) }

// useAt marks the entities with this text as used.
func (f *filler) useAt(text string) {
	for i, e := range f.entities {
		f.used[i] = f.used[i] || e.text == text
	}
}

var (
	isAPattern   = lazy(`(?i)\b(?:is|as) an? ([\w-]+)`)
	unitsPattern = lazy(`(?i)\d\s*([a-z°]+)\s+(?:to|in|into|as)\s+([a-z°]+)`)
)

func (f *filler) isA() (string, bool) {
	if m := isAPattern().FindStringSubmatch(f.text); m != nil {
		return m[1], true
	}
	return "", false
}

// unit reads "10 miles to kilometers".
func (f *filler) unit(p param) (string, bool) {
	m := unitsPattern().FindStringSubmatch(f.text)
	if m == nil {
		return "", false
	}
	ws := find.Words(p.name)
	switch {
	case slices.Contains(ws, "from"):
		return m[1], true
	case slices.Contains(ws, "to"):
		return m[2], true
	}
	return "", false
}
