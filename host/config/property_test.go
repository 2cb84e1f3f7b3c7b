package config_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// badEntries are values of a server that are wrong in every way we know.
var badEntries = []string{
	`{}`, `5`, `null`, `[]`, `"npx"`, `{"command": 5}`, `{"command": "a", "command": "b"}`, `{"command": "a", "url": "https://h/"}`,
	`{"url": "nowhere"}`, `{"url": "https://h/", "type": "sse"}`, `{"command": "a", "args": [[]]}`, `{"command": "a", "env": {"A": 1}}`,
	`{"command": "a", "timeout": "soon"}`, `{"command": "a", "cwd": "~x"}`, `{"command": "a" "args": []}`, `{"command": "${env:A}"}`,
}

// entry draws an entry that is right.
func entry() *rapid.Generator[string] {
	word := rapid.StringMatching(`[a-z./ ]{0,8}|\$\{[AB](:-x)?\}`)
	return rapid.Custom(func(t *rapid.T) string {
		fields := map[string]any{"disabled": rapid.Bool().Draw(t, "disabled")}
		if rapid.Bool().Draw(t, "remote") {
			fields["url"] = "https://h/" + rapid.StringMatching(`[a-z]{0,4}`).Draw(t, "path")
			fields["headers"] = map[string]string{"X-A": "v" + word.Draw(t, "header")}
		} else {
			fields["command"] = "c" + rapid.StringMatching(`[a-z]{0,4}`).Draw(t, "command")
			fields["args"] = rapid.SliceOfN(word, 0, 3).Draw(t, "args")
			fields["env"] = rapid.MapOfN(rapid.StringMatching(`[A-Z]{1,3}`), word, 0, 3).Draw(t, "env")
		}
		text, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	})
}

func document(entries []string) string {
	var b strings.Builder
	for i, e := range entries {
		fmt.Fprintf(&b, "%q: %s,\n", fmt.Sprint("s", i), e)
	}
	return `{"mcpServers": {` + b.String() + `}}`
}

func TestABadEntryNeverChangesItsSiblings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(entry(), 1, 5).Draw(t, "entries")
		bad := rapid.IntRange(0, len(entries)-1).Draw(t, "bad")
		whole := parse(document(entries), "A=a")
		entries[bad] = rapid.SampledFrom(badEntries).Draw(t, "fault")
		damaged := parse(document(entries), "A=a")
		if len(damaged.Servers) != len(entries) {
			t.Fatalf("%d of %d servers are listed", len(damaged.Servers), len(entries))
		}
		for i := range entries {
			got, want := damaged.Servers[i], whole.Servers[i]
			if i == bad {
				if got.Problem == nil || got.Name != want.Name {
					t.Fatalf("%s has no problem: %+v", entries[i], got)
				}
				continue
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("entry %d\ngot  %+v\nwant %+v", i, got, want)
			}
		}
	})
}

func TestWhatStandsBeforeACutStays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := document(rapid.SliceOfN(entry(), 1, 5).Draw(t, "entries"))
		whole := parse(text)
		end := rapid.IntRange(0, len(text)-1).Draw(t, "end")
		part := parse(text[:end])
		if len(part.Problems) == 0 {
			t.Fatal("nothing was said")
		}
		for i, got := range part.Servers {
			if got.Problem == nil && !reflect.DeepEqual(got, whole.Servers[i]) {
				t.Fatalf("entry %d\ngot  %+v\nwant %+v", i, got, whole.Servers[i])
			}
		}
		// Every line holds one entry, so all lines that are whole must be there.
		if lines := strings.Count(text[:end], "\n"); len(part.Servers) < lines {
			t.Fatalf("%d servers of %d whole lines", len(part.Servers), lines)
		}
	})
}

func TestNoProblemRepeatsASecret(t *testing.T) {
	t.Parallel()
	const secret = "hunter2hunter2"
	values := []string{
		`"` + secret + `"`, `"` + secret + `\u0000"`, `"` + secret + ` "`, `"` + secret + `\n"`, `"sk-` + secret + secret + `"`, `["` + secret + `"]`,
		`{"a": "` + secret + `"}`, secret, `"` + secret + `\q"`, `"` + secret + "\n\"", `"${env:X}` + secret + `"`, `"${S}"`, `"http://x:` + secret + `@h o/"`,
	}
	places := []string{
		`{"mcpServers": {"x": {"command": %s}}}`, `{"mcpServers": {"x": {"command": "a", "args": [%s]}}}`,
		`{"mcpServers": {"x": {"command": "a", "env": {"T": %s}}}}`, `{"mcpServers": {"x": {"url": %s}}}`,
		`{"mcpServers": {"x": {"url": "https://h/", "headers": {"A": %s}}}}`, `{"mcpServers": {"x": {"command": "a", "cwd": %s}}}`,
		`{"model": {"apiKey": %s}}`, `{"model": {"baseUrl": %s}}`, `{"model": {"headers": {"A": %s}}}`, `{"model": {"temperature": %s}}`,
	}
	for _, place := range places {
		for _, value := range values {
			text := fmt.Sprintf(place, value)
			for _, p := range parse(text, "S="+secret+"\n").Problems {
				if strings.Contains(p.Error(), secret) {
					t.Errorf("%s: %s", text, p.Error())
				}
			}
		}
	}
}
