package offline

import (
	"strings"
	"testing"

	"switchboard/llm/find"
)

var kindNames = map[kind]string{
	quoted: "quote", link: "link", path: "path", glob: "glob", date: "date", clockTime: "time",
	arithmetic: "expression", number: "number", name: "name",
}

func TestEntities(t *testing.T) {
	t.Parallel()
	for say, want := range map[string]string{
		`say "hello there" to Ann`:                         `quote hello there, name Ann`,
		"“curly” and «angled» and `ticked`":                `quote curly, quote angled, quote ticked`,
		`don't split what can't be quoted`:                 ``,
		`'single one' works`:                               `quote single one`,
		`fetch https://example.com/a?b=c, please`:          `link https://example.com/a?b=c`,
		`see (http://example.com).`:                        `link http://example.com`,
		`read ./docs/a.md, then /etc/hosts.`:               `path ./docs/a.md, path /etc/hosts`,
		`open README.md and .gitignore in ~/work or ../x`:  `path README.md, path .gitignore, path ~/work, path ../x`,
		`all **/*.go files in src/`:                        `glob **/*.go, path src/`,
		`golang/go and/or cli/cli, 24 hours`:               `path golang/go, path cli/cli, number 24`,
		`what is 12*(3+4)?`:                                `expression 12*(3+4)`,
		`what is 12.5% of 8 460?`:                          `expression 12.5% of 8460`,
		"what is 12.5 % of 8\u202f460?":                    `expression 12.5% of 8460`,
		`15 percent of 1,250.50`:                           `expression 15% of 1250.50`,
		`seven plus 3 times 4`:                             `number 7, expression 3*4`,
		`3 x 4 minus 5 squared`:                            `expression 3*4-5^2`,
		`1,000 divided by (2 + 3`:                          `number 1000, number 2, number 3`,
		`add 17 and -2.50`:                                 `number 17, number -2.50`,
		`version 1.2.3 of hunter2 and #42`:                 `number 42`,
		`the last three of 007`:                            `number 3, number 7`,
		`from 2026-01-01 to 2026-03-01T10:00:00Z at 15:30`: `date 2026-01-01, date 2026-03-01T10:00:00Z, time 15:30`,
		`meet at 3pm or 11:15 am`:                          `time 3pm, time 11:15 am`,
		`Weather in New York and São Paulo`:                `name New York, name São Paulo`,
		`Tokyo is far. Weather in MCP?`:                    `name Tokyo`,
		"\xff\xfe \"\" '' `` - * ( ) %":                    ``,
	} {
		var got []string
		for _, e := range entities(say, func(w string) bool { return w == "weather" || find.Stop(w) }) {
			got = append(got, kindNames[e.kind]+" "+e.text)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q:\n got %s\nwant %s", say, s, want)
		}
	}
}

func TestClauses(t *testing.T) {
	t.Parallel()
	for say, want := range map[string]string{
		"get the weather in Oslo and then save a note about it": "get the weather in Oslo | then: save a note about it",
		"read a.txt, then list the files; what time is it":      "read a.txt | then: list the files | what time is it",
		"What time is it? Read a.txt. Thanks":                   "What time is it | Read a.txt | Thanks",
		`save "do this and then read that" to a.txt`:            `save "do this and then read that" to a.txt`,
		"weather in St. Petersburg":                             "weather in St. Petersburg",
		"add 17 and 25":                                         "add 17 and 25",
		"add 3 and 4 and multiply it by 2":                      "add 3 and 4 | multiply it by 2",
		"don't forget to note that Ann is here and save it":     "remember to note that Ann is here and save it",
		"note: buy milk; call Bob and read a book. She left":    "note: buy milk; call Bob and read a book. She left",
		"note: buy milk, then read a.txt":                       "note: buy milk | then: read a.txt",
		"; and then ; ":                                         "",
	} {
		var got []string
		for _, c := range clauses(say, newIndex(nil)) {
			if c.afterwards {
				c.text = "then: " + c.text
			}
			got = append(got, c.text)
		}
		if s := strings.Join(got, " | "); s != want {
			t.Errorf("%q:\n got %s\nwant %s", say, s, want)
		}
	}
}

func TestForbids(t *testing.T) {
	t.Parallel()
	for say, want := range map[string]bool{
		"don't delete anything":        true,
		"do not ever remove note 3":    true,
		"never overwrite my files":     true,
		"you don’t need to write that": true,
		"delete note 3":                false,
		"I don't know the weather":     false,
		"list files without deleting":  false,
	} {
		if got := newClause(say, newIndex(nil)).forbids; got != want {
			t.Errorf("%q: forbids %t, want %t", say, got, want)
		}
	}
}

func TestParamsOf(t *testing.T) {
	t.Parallel()
	got := paramsOf([]byte(`{"type": "object", "required": ["z", 7], "properties": {
		"z": {"type": ["null", "integer"], "minimum": -5}, "a": true, "m": {"anyOf": [{"type": "null"}, {"type": "array", "items": {"type": "string"}}]},
		"k": {"enum": ["x", {"y": 1}, 2]}, "z": {"type": "string"}, "d": {"type": 4, "description": "odd"}}}`))
	var names []string
	for _, p := range got {
		names = append(names, p.name+":"+p.kind)
	}
	if s := strings.Join(names, " "); s != "z:integer a: m:array k: d:" {
		t.Errorf("parameters %q", s)
	}
	if !got[0].required || !got[0].signed || got[1].required || got[2].items == nil || len(got[3].choices) != 2 || got[4].about != "odd" {
		t.Errorf("parameters %+v", got)
	}
}

func TestMustBeSaid(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name        string
		destructive bool
		want        string
	}{
		{"delete_note", false, "delet"},
		{"delete_note", true, "delet"},
		{"write_file", true, "writ"},
		{"write_file", false, ""},
		{"get_issue", true, ""},
		{"create_or_update_file", true, "creat updat"},
		{"launch_rocket", true, "launch rocket"},
		{"list_and_purge", true, "purg"},
	} {
		tool := newTool(toolNamed(tc.name, tc.destructive))
		if got := strings.Join(tool.mustBeSaid(), " "); got != tc.want {
			t.Errorf("%s (destructive %t) wants %q said, want %q", tc.name, tc.destructive, got, tc.want)
		}
	}
}
