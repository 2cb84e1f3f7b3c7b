package process

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The README promises a server these variables and nothing else: the list there is
// the one that holds.
func TestREADMEListsTheEnvironment(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sentence, found := strings.Cut(string(readme), "A server is given ")
	sentence, _, ended := strings.Cut(sentence, "nothing else of yours.")
	if !found || !ended {
		t.Fatal("the README does not say what a server is given")
	}
	var listed []string
	for _, name := range regexp.MustCompile("`([A-Z_*]+)`").FindAllStringSubmatch(sentence, -1) {
		listed = append(listed, name[1])
	}
	if want := append(slices.Clone(passedOn), MarkerName); !slices.Equal(listed, want) {
		t.Errorf("the README lists %v, a server is given %v", listed, want)
	}
	if !strings.Contains(strings.Join(strings.Fields(sentence), " "), "what its own entry names in `env`;") {
		t.Error("the README does not say that the entry's own variables are given")
	}
}

// Of a base full of other variables exactly those of the list get through.
func TestEnvironPassesTheList(t *testing.T) {
	t.Parallel()
	var base, want []string
	for _, name := range passedOn {
		nv := strings.ReplaceAll(name, "*", "ALL") + "=1"
		base, want = append(base, nv, "X"+nv, "MY_"+nv), append(want, nv)
	}
	base = append(base, "LC=1", "GITHUB_TOKEN=1", "HOMES=1", "PATHS=1", "=C:=1", "odd")
	want = append(want, "A=2", MarkerName+"=m")
	slices.Sort(want)
	got := slices.DeleteFunc(Environ(base, []string{"A=2"}, "m"), func(nv string) bool {
		name, _, _ := strings.Cut(nv, "=")
		return platformInherited(name) && !slices.Contains(want, nv)
	})
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
