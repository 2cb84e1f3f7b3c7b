package files

import (
	"path"
	"strings"
	"testing"
)

func TestGlob(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"", "any/thing", true},
		{"*.go", "main.go", true},
		{"*.go", "a/b/main.go", true},
		{"*.go", "main.go.txt", false},
		{"src/*.go", "src/main.go", true},
		{"./src/*.go", "src/main.go", true},
		{"src/*.go", "src/a/main.go", false},
		{"src/**/*.go", "src/main.go", true},
		{"src/**/*.go", "src/a/b/main.go", true},
		{"src/**", "src/a/b", true},
		{"**/test/*", "test/a", true},
		{"**/test/*", "x/y/test/a", true},
		{"?.txt", "a.txt", true},
		{"?.txt", "ab.txt", false},
		{"?.txt", "é.txt", true},
		{"[a-c].txt", "b.txt", true},
		{"[^a-c].txt", "b.txt", false},
		{"[^a-c].txt", "d.txt", true},
		{`\*.txt`, "*.txt", true},
		{`\*.txt`, "a.txt", false},
		{"a+(b).$^|{}", "a+(b).$^|{}", true},
		{"übung*", "übung1", true},
	} {
		g, err := parseGlob(test.pattern)
		if err != nil {
			t.Errorf("%s: %v", test.pattern, err)
			continue
		}
		if got := g.match(test.name); got != test.want {
			t.Errorf("%s takes %s: %v, want %v", test.pattern, test.name, got, test.want)
		}
	}
}

// Where there is no **, a glob means what path.Match means.
func FuzzGlob(f *testing.F) {
	for _, seed := range []string{"*.go", "a/[b-d]?/x", `\[*`, "[^]a]", "[[]", "[a&&b]", "[]", "é*", "[\\]]"} {
		f.Add(seed, "a/b/c.go")
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		g, err := parseGlob(pattern)
		if err != nil || g.pattern == nil || strings.Contains(pattern, "**") || strings.ContainsAny(name, "\n") {
			return
		}
		trimmed := strings.TrimPrefix(strings.TrimSpace(pattern), "./")
		if !strings.Contains(trimmed, "/") {
			name = path.Base(name)
		}
		want, err := path.Match(trimmed, name)
		if err != nil || !validText(trimmed) || !validText(name) {
			return
		}
		if got := g.match(name); got != want {
			t.Errorf("%q takes %q: %v, path.Match says %v (as %s)", pattern, name, got, want, g.pattern)
		}
	})
}

func validText(s string) bool { return strings.ToValidUTF8(s, "") == s }
