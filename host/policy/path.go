package policy

import (
	"path"
	"regexp"
	"strings"
)

// straight tells whether a text stays where its beginning points, whatever program
// reads it as a path or a URL. One that steps up ("..", with either separator, or
// written with percent signs, or with the dots and spaces that Windows drops) may
// end up anywhere; one with a NUL may be cut there.
func straight(s string) bool {
	s = unescaped(s)
	if strings.ContainsRune(s, 0) {
		return false
	}
	for _, step := range strings.FieldsFunc(s, separator) {
		if strings.Trim(step, ". ") == "" && strings.Count(step, ".") > 1 {
			return false
		}
	}
	return true
}

func separator(r rune) bool { return r == '/' || r == '\\' }

// spellings lists what a text may come to when it is read as a path: itself; with
// slashes as the only separators and every step resolved; and, where it climbs
// further than it goes, from the root, which is where enough climbing ends. Links
// are not followed, for the files are the server's.
func spellings(s string) []string {
	all := []string{s}
	plain := unescaped(s)
	if plain == s && !strings.ContainsAny(s, `/\`) {
		return all
	}
	clean := path.Clean(strings.ReplaceAll(plain, `\`, "/"))
	all = append(all, plain, clean)
	if strings.HasPrefix(clean, "../") {
		all = append(all, "/"+strings.TrimLeft(clean, "./"))
	}
	return all
}

// disguised finds percent escapes, also of percent signs, for what makes a path.
var disguised = regexp.MustCompile(`(?i)%(?:25)*(2e|2f|5c|00)`)

// unescaped resolves percent escapes of dots, separators and NUL, and no others.
func unescaped(s string) string {
	return disguised.ReplaceAllStringFunc(s, func(escape string) string {
		switch strings.ToLower(escape[len(escape)-2:]) {
		case "2e":
			return "."
		case "2f":
			return "/"
		case "5c":
			return `\`
		}
		return "\x00"
	})
}
