package find_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/find"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"getUserName":      "[get user name]",
		"list_all-FILES.2": "[list all files 2]",
		"día Ωmega":        "[día ωmega]",
		"":                 "[]",
	} {
		if got := fmt.Sprint(find.Words(in)); got != want {
			t.Errorf("words(%q) = %s, want %s", in, got, want)
		}
	}
}

// Forms of one word have one stem.
func TestStem(t *testing.T) {
	t.Parallel()
	for _, forms := range []string{
		"file files", "directory directories", "list lists listed listing", "delete deletes deleted deleting",
		"note notes", "search searches searched searching", "run running", "issue issues", "class classes",
	} {
		ws := strings.Fields(forms)
		for _, w := range ws[1:] {
			if find.Stem(w) != find.Stem(ws[0]) {
				t.Errorf("Stem(%q) = %q, Stem(%q) = %q", w, find.Stem(w), ws[0], find.Stem(ws[0]))
			}
		}
	}
}

func indexOf(tools ...llm.Tool) *find.Index {
	var docs []find.Document
	for _, t := range tools {
		docs = append(docs, find.Of(t))
	}
	return find.NewIndex(docs)
}

var desk = []llm.Tool{
	{Name: "files__delete_file", Server: "files", Description: "Removes one file. It cannot be undone."},
	{Name: "files__list_directory", Server: "files", Description: "Lists what is in a folder."},
	{Name: "weather", Server: "weather", Description: "The weather at a place.", Schema: []byte(`{"properties":{"city":{"type":"string"},"unit":{"enum":["celsius",3]}}}`)},
	{Name: "create_issue", Server: "github", Description: "Opens an issue in a repository.", Schema: []byte(`{"properties":{"title":{"description":"the headline"},"odd":7}}`)},
	{Name: "now", Server: "clock"},
}

func TestBest(t *testing.T) {
	t.Parallel()
	ix := indexOf(desk...)
	for ask, want := range map[string]string{
		"erase a file":                   "files__delete_file",
		"show me the folder":             "files__list_directory",
		"is it going to be sunny":        "weather",
		"degrees in celsius for my city": "weather",
		"report a bug":                   "create_issue",
		"something with a headline":      "create_issue",
		"what is the current hour":       "now",
		"github":                         "create_issue",
	} {
		found := ix.Best(find.Ask(ask))
		if len(found) == 0 || desk[found[0]].Name != want {
			t.Errorf("%q finds %v, want %s", ask, found, want)
		}
	}
	for _, ask := range []string{"", "the of a", "zzz qqq", "🙂"} {
		if found := ix.Best(find.Ask(ask)); len(found) != 0 {
			t.Errorf("%q finds %v", ask, found)
		}
	}
	if found := indexOf().Best(find.Ask("weather")); len(found) != 0 {
		t.Errorf("no tools, and yet %v", found)
	}
}

func TestEqualsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	ix := indexOf(llm.Tool{Name: "a_search"}, llm.Tool{Name: "b_search"}, llm.Tool{Name: "c_search"})
	for range 20 {
		if found := ix.Best(find.Ask("search")); !slices.Equal(found, []int{0, 1, 2}) {
			t.Fatalf("got %v", found)
		}
	}
}

func TestPlainName(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"files__search", "files", "search"},
		{"files-search", "files", "search"},
		{"my_files__search", "files", "search"},
		{"search", "files", "search"},
		{"files_", "files", "files_"},
		{"", "", ""},
	} {
		if got := find.PlainName(c[0], c[1]); got != c[2] {
			t.Errorf("%q of %q is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestSaidForTurnsSynonymsAround(t *testing.T) {
	t.Parallel()
	said := find.SaidFor([]string{find.Stem("delete")})
	for _, word := range []string{"remove", "erase", "drop"} {
		if !slices.Contains(said, find.Stem(word)) || !slices.Contains(find.Synonyms(find.Stem(word)), find.Stem("delete")) {
			t.Errorf("%s does not lead to delete: %q", word, said)
		}
	}
	if !slices.IsSorted(said) {
		t.Errorf("not sorted: %q", said)
	}
}

func TestQueryKeepsTheBestOccurrence(t *testing.T) {
	t.Parallel()
	q := find.Ask("erase delete erase")
	if got := q.Weight(find.Stem("delete")); got != find.Said {
		t.Errorf("delete was said and counts %v", got)
	}
	if got := q.Weight("nothing"); got != 0 {
		t.Errorf("nothing counts %v", got)
	}
	seen := map[string]bool{}
	for _, w := range q {
		if seen[w.Stem] {
			t.Errorf("%s is in it twice", w.Stem)
		}
		seen[w.Stem] = true
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("erase the file", "delete_file", "Removes a file. For good.", `{"properties":{"path":{"description":"where"}}}`)
	f.Add("\xff", "__", ". ", `{"properties":[]}`)
	f.Fuzz(func(t *testing.T, ask, name, about, schema string) {
		ix := indexOf(llm.Tool{Name: name, Description: about, Schema: []byte(schema)}, desk[0])
		for _, i := range ix.Best(find.Ask(ask)) {
			if s := ix.Score(find.Ask(ask), i); !(s > 0) {
				t.Errorf("%d was found with the score %v", i, s)
			}
		}
	})
}
