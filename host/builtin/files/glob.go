package files

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// A glob chooses files by name. Without a slash it is matched against the last
// part of a path, else against all of it; ** stands for any number of folders.
// The zero value takes every file.
type glob struct {
	whole   bool
	pattern *regexp.Regexp
}

func parseGlob(pattern string) (glob, error) {
	pattern = strings.TrimPrefix(strings.TrimSpace(pattern), "./")
	if pattern == "" {
		return glob{}, nil
	}
	// path.Match checks the form, and compiles what is left to be translated.
	if _, err := path.Match(pattern, ""); err != nil {
		return glob{}, fmt.Errorf("the glob %q is malformed; write it as in *.go or src/**/*.md", pattern)
	}
	compiled, err := regexp.Compile("^" + translate(pattern) + "$")
	if err != nil {
		return glob{}, fmt.Errorf("the glob %q is malformed: %w", pattern, err)
	}
	return glob{whole: strings.Contains(pattern, "/"), pattern: compiled}, nil
}

func (g glob) match(name string) bool {
	if g.pattern == nil {
		return true
	}
	if !g.whole {
		name = path.Base(name)
	}
	return g.pattern.MatchString(name)
}

// translate writes a glob as a regular expression, whose running time is bounded
// by the length of the name.
func translate(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		rest := pattern[i:]
		switch {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:.*/)?")
			i += 2
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			i++
		case rest[0] == '*':
			b.WriteString("[^/]*")
		case rest[0] == '?':
			b.WriteString("[^/]")
		case rest[0] == '[':
			end := classEnd(rest)
			b.WriteString(class(rest[1:end]))
			i += end
		case rest[0] == '\\' && len(rest) > 1:
			b.WriteString(quoteByte(rest[1]))
			i++
		default:
			b.WriteString(quoteByte(rest[0]))
		}
	}
	return b.String()
}

// quoteByte leaves the bytes of a longer UTF-8 sequence as they are.
func quoteByte(c byte) string {
	if c < 0x80 {
		return regexp.QuoteMeta(string(rune(c)))
	}
	return string([]byte{c})
}

// classEnd finds the bracket that ends a class; path.Match saw that it is there.
func classEnd(pattern string) int {
	for i := 1; i < len(pattern); i++ {
		switch {
		case pattern[i] == '\\':
			i++
		case pattern[i] == ']' && i > 1:
			return i
		}
	}
	return len(pattern) - 1
}

func class(content string) string {
	negated := strings.HasPrefix(content, "^")
	content = strings.NewReplacer("[", `\[`, "&", `\&`).Replace(strings.TrimPrefix(content, "^"))
	if negated {
		return "[^/" + content + "]"
	}
	return "[" + content + "]"
}
