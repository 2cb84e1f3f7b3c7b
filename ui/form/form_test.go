package form_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"switchboard/theme"
	"switchboard/ui/form"
)

const places = `{"type":"object","required":["path"],"properties":{
	"path":{"type":"string","description":"Where to."},
	"count":{"type":"integer","default":3},
	"deep":{"type":"boolean"},
	"mode":{"enum":["a","b"]},
	"rest":{"type":"object"}}}`

func read(t testing.TB, schema string) form.Node {
	t.Helper()
	n, err := form.Read(json.RawMessage(schema))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func filled(t testing.TB, schema, arguments string) form.Form {
	t.Helper()
	f, err := form.Filled(read(t, schema), json.RawMessage(arguments))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// press presses keys one after the other; a key of several letters that is none by
// name is typed.
func press(f *form.Form, keys ...string) {
	for _, k := range keys {
		text := ""
		if len(k) == 1 {
			text = k
		}
		f.Press(k, text)
	}
}

func TestFilledFormGivesBackWhatItGot(t *testing.T) {
	t.Parallel()
	for _, arguments := range []string{
		`{"path":"a"}`, `{"path":"","count":1.0}`, `{"path":"\u0061\ud800"}`, `{"path":7,"deep":"perhaps"}`, `{"mode":"c"}`,
		`{"path":"` + strings.Repeat("x", 5000) + `"}`, `{"rest":{"b":1,"b":2},"other":[1, 2]}`, `{"path":null}`, `{"path":"a\nb"}`,
	} {
		f := filled(t, places, arguments)
		got, ok := f.Arguments()
		if !ok && strings.Contains(arguments, "path") {
			t.Errorf("%.60s cannot be sent", arguments)
		}
		var want, have any
		if json.Unmarshal([]byte(arguments), &want) != nil || json.Unmarshal(got, &have) != nil {
			t.Fatalf("%s", got)
		}
		for name, value := range want.(map[string]any) {
			a, _ := json.Marshal(value)
			b, _ := json.Marshal(have.(map[string]any)[name])
			if string(a) != string(b) {
				t.Errorf("%s of %.60s became %.60s", name, arguments, got)
			}
		}
		if len(want.(map[string]any)) != len(have.(map[string]any)) {
			t.Errorf("%.60s became %.60s", arguments, got)
		}
	}
}

func TestFilledFormIsEdited(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, arguments string
		keys            []string
		want            string
	}{
		{"text", `{"path":"ab"}`, []string{"backspace", "c"}, `{"path":"ac"}`},
		{"text becomes empty", `{"path":"a","count":1}`, []string{"backspace", `"`, `"`}, `{"path":"","count":1}`},
		{"a number", `{"path":"a","count":1}`, []string{"tab", "2"}, `{"path":"a","count":12}`},
		{"taken away", `{"path":"a","count":1}`, []string{"tab", "ctrl+u"}, `{"path":"a"}`},
		{"added", `{"path":"a"}`, []string{"tab", "4"}, `{"path":"a","count":4}`},
		{"picked", `{"path":"a","mode":"a"}`, []string{"down", "down", "down", "space"}, `{"path":"a","mode":"b"}`},
		{"one the schema does not know", `{"path":"a","x":1}`, []string{"up", "down", "down", "down", "down", "down", "5"}, `{"path":"a","x":15}`},
		{"a long one is held", `{"path":"` + strings.Repeat("y", 401) + `"}`, []string{"z", "backspace"}, `{"path":"` + strings.Repeat("y", 401) + `"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := filled(t, places, tt.arguments)
			press(&f, tt.keys...)
			if got, ok := f.Arguments(); !ok || string(got) != tt.want {
				t.Errorf("got %s (%v), want %s", got, ok, tt.want)
			}
		})
	}
}

func TestFilledFormRefusesWhatItCannotShow(t *testing.T) {
	t.Parallel()
	for _, arguments := range []string{`[]`, `{"path":`, `{"path":"a","path":"b"}`, `{"x":1,"x":2}`} {
		if _, err := form.Filled(read(t, places), json.RawMessage(arguments)); err == nil {
			t.Errorf("%s was taken", arguments)
		}
	}
}

func TestBlame(t *testing.T) {
	t.Parallel()
	f := filled(t, places, `{"path":"a"}`)
	if !f.Blame("path", "must be a folder") || f.Blame("nowhere", "is odd") {
		t.Error("blamed the wrong one")
	}
	if s := drawn(t, &f, 60); !strings.Contains(s, "✗ must be a folder") {
		t.Errorf("not said:\n%s", s)
	}
	press(&f, "b")
	if s := drawn(t, &f, 60); strings.Contains(s, "✗") {
		t.Errorf("still said after a change:\n%s", s)
	}
}

func drawn(t testing.TB, f *form.Form, w int) string {
	t.Helper()
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	lines, _, _ := f.Draw(th, w)
	for _, l := range lines {
		if ansi.StringWidth(l) > w {
			t.Errorf("%d cells in %d: %q", ansi.StringWidth(l), w, l)
		}
	}
	return ansi.Strip(strings.Join(lines, "\n"))
}

// The cursor is where the next letter goes.
func TestCursor(t *testing.T) {
	t.Parallel()
	f := filled(t, places, `{"path":"ab"}`)
	th, _ := theme.New("none", true)
	lines, row, column := f.Draw(th, 60)
	if row != 0 || ansi.StringWidth(strings.TrimRight(ansi.Strip(lines[0]), " ")) != column {
		t.Errorf("row %d, column %d in %q", row, column, lines[0])
	}
	press(&f, "tab", "tab", "tab", "tab", "tab")
	if _, row, _ := f.Draw(th, 60); row != -1 || !f.OnButton() {
		t.Errorf("row %d below the blanks", row)
	}
}

// FuzzForm: whatever schema and arguments, what comes out is JSON, and what is
// drawn obeys nobody.
func FuzzForm(f *testing.F) {
	f.Add(places, `{"path":"a","count":2}`)
	f.Add(`{"properties":{"a":{"$ref":"#"}}}`, `{"a":{"a":1}}`)
	f.Add(`{"properties":{"a":{"enum":[1,"\u202e"],"default":{}}},"required":["a"]}`, `{"a":"\u001b[2J"}`)
	f.Add(`{"anyOf":[{"properties":{"a":{"items":{"$ref":"#/anyOf/0"}}}}]}`, "")
	f.Fuzz(func(t *testing.T, schema, arguments string) {
		n, err := form.Read(json.RawMessage(schema))
		if err != nil {
			return
		}
		empty := form.New(n)
		if got, ok := empty.Arguments(); ok && !json.Valid(got) {
			t.Errorf("arguments %s", got)
		}
		full, err := form.Filled(n, json.RawMessage(arguments))
		if err != nil {
			return
		}
		if got, ok := full.Arguments(); ok && !json.Valid(got) {
			t.Errorf("arguments %s", got)
		}
		if s := drawn(t, &full, 50); strings.ContainsAny(s, "\x1b\r\t\u202e") {
			t.Errorf("not clean: %q", s)
		}
	})
}
