package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// edited sets a server's state in a text and gives the text that results.
func edited(t *testing.T, text, server string, disabled, builtin bool) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	err := set(path, server, disabled, builtin)
	after, readErr := os.ReadFile(path)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(after), err
}

func TestSetDisabled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		disabled   bool
		want       string
	}{
		{
			"a new key takes the place and the layout of the first",
			"{\n  // mine\n  \"mcpServers\": {\n    \"db\": {\n      // the port of the tunnel\n      \"command\": \"x\", /* y */\n    },\n  },\n}\n", true,
			"{\n  // mine\n  \"mcpServers\": {\n    \"db\": {\n      \"disabled\": true,\n      // the port of the tunnel\n      \"command\": \"x\", /* y */\n    },\n  },\n}\n",
		},
		{
			"on one line", `{"mcpServers": {"db": {"command": "x"}}}`, true,
			`{"mcpServers": {"db": {"disabled": true, "command": "x"}}}`,
		},
		{
			"on one line with spaces", `{ "mcpServers": { "db": { "command": "x" } } }`, true,
			`{ "mcpServers": { "db": { "disabled": true, "command": "x" } } }`,
		},
		{
			"a key that is there", `{"mcpServers": {"db": {"command": "x", "disabled" : false /* for now */}}}`, true,
			`{"mcpServers": {"db": {"command": "x", "disabled" : true /* for now */}}}`,
		},
		{
			"back again", `{"mcpServers": {"db": {"command": "x", "disabled": true}}}`, false,
			`{"mcpServers": {"db": {"command": "x", "disabled": false}}}`,
		},
		{
			"nothing to do", "{\"mcpServers\":\t{\"db\": {\"command\": \"x\"}}}", false,
			"{\"mcpServers\":\t{\"db\": {\"command\": \"x\"}}}",
		},
		{
			"a byte order mark and carriage returns", "\xef\xbb\xbf{\r\n  \"mcpServers\": {\r\n    \"db\": {\r\n      \"command\": \"x\"\r\n    }\r\n  }\r\n}", true,
			"\xef\xbb\xbf{\r\n  \"mcpServers\": {\r\n    \"db\": {\r\n      \"disabled\": true,\r\n      \"command\": \"x\"\r\n    }\r\n  }\r\n}",
		},
		{
			"of two of a name the one that counts", `{"mcpServers": {"db": {"command": "x"}, "db": {"command": "y"}}}`, true,
			`{"mcpServers": {"db": {"disabled": true, "command": "x"}, "db": {"command": "y"}}}`,
		},
	} {
		got, err := edited(t, c.text, "db", c.disabled, false)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestSetBuiltinDisabled(t *testing.T) {
	t.Parallel()
	const whole = "{\n  \"mcpServers\": {\n    \"notes\": {\"disabled\": true}\n  }\n}\n"
	for _, c := range []struct {
		name, text string
		disabled   bool
		want       string
	}{
		{"an empty file", "", true, whole},
		{"an empty object", "{}", true, `{"mcpServers": {"notes": {"disabled": true}}}`},
		{"no section", "{\n  \"theme\": \"dark\"\n}", true, "{\n  \"mcpServers\": {\"notes\": {\"disabled\": true}},\n  \"theme\": \"dark\"\n}"},
		{"behind a comment", "// mine\n{\"theme\": \"dark\"}", true, "// mine\n{\"mcpServers\": {\"notes\": {\"disabled\": true}}, \"theme\": \"dark\"}"},
		{"an empty section", "{\n  \"mcpServers\": {\n  }\n}", true, "{\n  \"mcpServers\": {\n    \"notes\": {\"disabled\": true}\n  }\n}"},
		{
			"beside another", "{\n  \"mcpServers\": {\n    \"clock\": {\"disabled\": true}\n  }\n}", true,
			"{\n  \"mcpServers\": {\n    \"notes\": {\"disabled\": true},\n    \"clock\": {\"disabled\": true}\n  }\n}",
		},
		{"enabled where nothing is said", "{}", false, "{}"},
		{"taken out, alone", whole, false, "{\n  \"mcpServers\": {\n  }\n}\n"},
		{
			"taken out, the first", "{\n  \"mcpServers\": {\n    \"notes\": {\"disabled\": true},\n    \"clock\": {\"disabled\": true}\n  }\n}", false,
			"{\n  \"mcpServers\": {\n    \"clock\": {\"disabled\": true}\n  }\n}",
		},
		{
			"taken out, the last", "{\n  \"mcpServers\": {\n    \"clock\": {\"disabled\": true},\n    // keeps things\n    \"notes\": {\"disabled\": true}\n  }\n}", false,
			"{\n  \"mcpServers\": {\n    \"clock\": {\"disabled\": true}\n    // keeps things\n  }\n}",
		},
	} {
		got, err := edited(t, c.text, "notes", c.disabled, true)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestSetDisabledRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"no entry", `{"mcpServers": {"other": {"command": "x"}}}`, "no entry of that name"},
		{"no section", `{}`, "no entry of that name"},
		{"an empty file", ``, "no entry of that name"},
		{"a syntax error", `{"mcpServers": {"db": {"command": "x"}`, "syntax errors"},
		{"a list", `[]`, "holds no object"},
		{"servers in a list", `{"mcpServers": []}`, `"mcpServers" is no object`},
		{"an entry that is none", `{"mcpServers": {"db": 7}}`, "the entry is no object"},
	} {
		got, err := edited(t, c.text, "db", true, false)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "that db is disabled") {
			t.Errorf("%s: the error is %v", c.name, err)
		}
		if got != c.text {
			t.Errorf("%s: the file became %s", c.name, got)
		}
	}
}

func TestSetDisabledMakesTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "switchboard", "config.json")
	if err := SetBuiltinDisabled(path, "notes", true); err != nil {
		t.Fatal(err)
	}
	c := Load([]string{path}, os.LookupEnv)
	if len(c.Problems) != 0 || len(c.Servers) != 1 || c.Servers[0].Name != "notes" || !c.Servers[0].Disabled {
		t.Errorf("the new file amounts to %+v", c)
	}
	if err := SetDisabled(filepath.Join(t.TempDir(), "none.json"), "db", true); err == nil {
		t.Error("an entry was disabled in a file that is not there")
	}
}

func TestLinkToNowhere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.json")
	if err := os.Symlink("gone.json", path); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := SetBuiltinDisabled(path, "notes", true); err == nil || !strings.Contains(err.Error(), "link") {
		t.Errorf("a link to nowhere was taken: %v", err)
	}
}

// A file that changes while it is edited is left as the other made it.
func TestChangedUnderneath(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := edit(path, func([]byte) ([]byte, error) {
		return []byte("ours"), os.WriteFile(path, []byte("theirs"), 0o600)
	})
	if err == nil || !strings.Contains(err.Error(), "somebody else") {
		t.Errorf("the error is %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "theirs" {
		t.Errorf("the file holds %q", got)
	}
}

// Whatever a file looks like, disabling a server changes nothing else that it
// amounts to, and enabling it again leaves it enabled.
func TestSetDisabledAndBack(t *testing.T) {
	t.Parallel()
	env := func(string) (string, bool) { return "", true }
	rapid.Check(t, func(t *rapid.T) {
		space := rapid.SampledFrom([]string{"", " ", "\n  ", "\r\n\t", " // c\n ", "/* c */"})
		s := func() string { return space.Draw(t, "space") }
		text := s() + `{` + s() + `"theme":"dark",` + s() + `"mcpServers"` + s() + `:{` + s() +
			rapid.SampledFrom([]string{``, `"a":{"url":"https://a.test"},`}).Draw(t, "before") + s() +
			`"db":{` + s() + rapid.SampledFrom([]string{`"command":"x"`, `"command":"x","disabled":false`, `"disabled":true` + s() + `,"command":"x"`}).Draw(t, "entry") +
			s() + `}` + s() + rapid.SampledFrom([]string{``, `,`, `,"z":{"url":"https://z.test"}`}).Draw(t, "after") + s() + `}` + s() + `}`
		before := Parse("f", []byte(text), env)
		for _, disabled := range []bool{true, false} {
			e := surgeon{text: []byte(text), server: "db", disabled: disabled}
			after, err := e.operate()
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			text = string(after)
			now := Parse("f", after, env)
			if len(now.Problems) != len(before.Problems) || len(now.Servers) != len(before.Servers) || now.Theme != "dark" {
				t.Fatalf("%s amounts to %+v", text, now)
			}
			for i, s := range now.Servers {
				if s.Name != before.Servers[i].Name || s.Command != before.Servers[i].Command || s.Disabled != (disabled && s.Name == "db") {
					t.Fatalf("%s has %+v", text, s)
				}
			}
		}
	})
}

func FuzzSetDisabled(f *testing.F) {
	f.Add([]byte(`{"mcpServers": {"db": {"command": "x"}}}`), true, false)
	f.Add([]byte("{\n  \"mcpServers\": {\n    \"db\": {\"disabled\": true}, // c\n  },\n}"), false, true)
	f.Add([]byte(`{"mcpServers": {"a": {}, "db": {"disabled": true}}}`), false, true)
	f.Add([]byte(`{}`), true, true)
	f.Fuzz(func(t *testing.T, text []byte, disabled, builtin bool) {
		e := surgeon{text: text, server: "db", disabled: disabled, builtin: builtin}
		after, err := e.operate()
		if err != nil || string(after) == string(text) {
			return
		}
		again := surgeon{text: after, server: "db", disabled: disabled, builtin: builtin}
		if twice, err := again.operate(); err != nil || string(twice) != string(after) {
			t.Errorf("%q became %q and then %q (%v)", text, after, twice, err)
		}
	})
}
