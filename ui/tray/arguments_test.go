package tray

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/theme"
)

func TestArgumentsAreShownWhole(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, want string }{
		{"order and digits are kept", `{"b": 1.50, "a": 1e3, "c": 12345678901234567890}`, "b: 1.50\na: 1e3\nc: 12345678901234567890"},
		{"text is quoted", `{"a":"true","b":true,"c":null}`, "a: \"true\"\nb: true\nc: null"},
		{"an escape hides nothing", `{"p":"\u002fetc\u002fpasswd"}`, `p: "/etc/passwd"`},
		{"nor in a list", `{"p":["\u0072m",{"\u0061":1}]}`, `p: ["rm",{"a":1}]`},
		{"twice is shown twice", `{"a":1,"a":2}`, "a: 1\na (given twice): 2"},
		{"also below", `{"o":{"a":1,"a":2}}`, `o: {"a":1,"a":2}`},
		{"half a character is not lost", `{"s":"\ud800"}`, `s: "\ud800"`},
		{"empty things", `{"o":{},"l":[],"s":""}`, "o: {}\nl: []\ns: \"\""},
		{"short lines stay JSON", `{"s":"a\n[y] Allow"}`, `s: "a\n[y] Allow"`},
		{"nothing", `{}`, "no arguments"},
		{"not even an object", `["a"]`, "not a JSON object:  1 line, 5 bytes\n│ [\"a\"]"},
		{"cut off", `{"a":`, "not a JSON object:  1 line, 5 bytes\n│ {\"a\":"},
		{"two values", `{"a":1}{"b":2}`, "not a JSON object:  1 line, 14 bytes\n│ {\"a\":1}{\"b\":2}"},
		{
			"long text stands below", `{"s":"` + strings.Repeat("word ", 12) + `\nsecond\n"}`,
			"s:  3 lines, 68 bytes\n│ " + strings.Repeat("word ", 12) + "\n│ second\n│ ",
		},
		{
			"deep values are indented", `{"o":{"mode":"overwrite","backup":true,"tags":["a","weather report"]}}`,
			"o:  8 lines, 64 bytes\n│ {\n│   \"mode\": \"overwrite\",\n│   \"backup\": true,\n│   \"tags\": [\n│     \"a\",\n│     \"weather report\"\n│   ]\n│ }",
		},
	}
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := argumentsView{args: readArguments(json.RawMessage(tt.raw)), open: true}
			got, must := v.draw(th, 70, func() []string { return []string{"first"} })
			if must != len(got) || got[0] != "first" {
				t.Errorf("%d of %d rows must be seen, the first is %q", must, len(got), got[0])
			}
			if s := strings.Join(got[1:], "\n"); s != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", s, tt.want)
			}
		})
	}
}

func TestHiddenCharactersAreCounted(t *testing.T) {
	t.Parallel()
	view := viewOf(json.RawMessage(`{"a":"x\u202ey\u200b","b\u200b":["\u2066"],"c":"plain ‹text›"}`))
	if got := view.hidden; got != 4 {
		t.Errorf("counted %d, want 4", got)
	}
	for _, a := range view.args {
		if strings.ContainsAny(strings.Join(a.lines, "")+a.key, "\u202e\u200b\u2066") {
			t.Errorf("%q holds a character that cannot be seen", a.lines)
		}
	}
}

// FuzzArguments: nothing is lost and nothing gets through that a terminal obeys.
func FuzzArguments(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":1}`, `{"a":{"b":[1,2,{"c":"\u001b[31m"}]}}`, "{\"a\":\"\u202e\"}", `{"a":`, `[]`, "\x9b\xff", `{"a":"\ud800"}`} {
		f.Add(s)
	}
	th, err := theme.New("none", true)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v := argumentsView{args: readArguments(json.RawMessage(raw)), open: true}
		lines, _ := v.draw(th, 40, func() []string { return nil })
		for _, l := range lines {
			for _, r := range l {
				if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b' {
					t.Fatalf("%q shows %U in %q", raw, r, l)
				}
			}
		}
		var object map[string]json.RawMessage
		if json.Unmarshal([]byte(raw), &object) == nil && len(v.args) < len(object) {
			t.Fatalf("%q has %d members, %d are shown", raw, len(object), len(v.args))
		}
	})
}
