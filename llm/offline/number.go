package offline

import (
	"strings"
	"unicode/utf8"

	"switchboard/llm/find"
)

// digits match a number without a sign. Its digits may stand in groups of three,
// parted by a comma, an apostrophe or a space, thin and narrow ones too: 8 460,
// 1,057.50.
const digits = `(?:\d{1,3}(?:[ \x{00A0}\x{2009}\x{202F},'’]\d{3})+\b|\d+)(?:\.\d+)?`

var (
	numberPattern = lazy(`[-−]?` + digits)
	groupMarks    = strings.NewReplacer(" ", "", "\u00a0", "", "\u2009", "", "\u202f", "", ",", "", "'", "", "’", "")
	wordPattern   = lazy(`\p{L}+`)
)

// numberNames are numbers that people write out.
var numberNames = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
	"eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20",
	"thirty": "30", "fifty": "50",
}

// numbers finds the numbers that stand by themselves: 17, -2, #3, 10km, but not
// the 2 of hunter2 and no part of 1.2.3.
func numbers(s string) []entity {
	var out []entity
	for _, e := range matches(number, numberPattern, s) {
		before, _ := utf8.DecodeLastRuneInString(s[:e.at])
		if find.InWord(before) || before == '.' || continues(s[e.end:]) {
			continue
		}
		e.text = plain(e.text)
		out = append(out, e)
	}
	return out
}

// continues tells that a number goes on as a version or an address would.
func continues(rest string) bool {
	return len(rest) > 1 && rest[0] == '.' && '0' <= rest[1] && rest[1] <= '9'
}

// plain writes a number the way JSON does: no groups, no leading zeros.
func plain(s string) string {
	minus, size := "", s
	for _, sign := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			minus, size = "-", rest
		}
	}
	size = strings.TrimLeft(groupMarks.Replace(size), "0")
	if size == "" || size[0] == '.' {
		size = "0" + size
	}
	return minus + size
}

// numberWords finds numbers written out in front of another word.
func numberWords(s string) []entity {
	var out []entity
	for _, e := range matches(number, wordPattern, s) {
		digits, ok := numberNames[strings.ToLower(e.text)]
		if ok && strings.HasPrefix(s[e.end:], " ") {
			e.text, e.spelled = digits, true
			out = append(out, e)
		}
	}
	return out
}
