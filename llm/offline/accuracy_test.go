package offline_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/offline"
)

// An utterance is what a person says and the calls it asks for.
type utterance struct {
	Say  string
	At   string // home or work: which servers are there
	Want []wanted
}

// wanted is one call. Tool may name several, parted by |; the argument "*" stands
// for any text.
type wanted struct {
	Tool string
	Args map[string]any
}

// servers says which tools a person has, by the place they are at.
var servers = map[string][]string{
	"home":   {"calculator", "clock", "files", "notes", "weather"},
	"work":   {"calculator", "clock", "everything", "filesystem", "github", "memory", "notes", "weather"},
	"memory": {"memory", "everything", "calculator"},
}

// figures count what became of a set of utterances.
type figures struct {
	utterances, rightTools, rightArgs, wholly int
	silent, falseCalls, harmful               int
}

func (f figures) String() string {
	asked := f.utterances - f.silent
	return fmt.Sprintf("right tool %d/%d (%d %%), right arguments %d/%d, wholly right %d/%d (%d %%), false calls %d/%d, destructive false calls %d",
		f.rightTools, asked, percent(f.rightTools, asked), f.rightArgs, f.rightTools,
		f.wholly, asked, percent(f.wholly, asked), f.falseCalls, f.silent, f.harmful)
}

func percent(part, whole int) int { return 100 * part / max(whole, 1) }

// known.json guided the rules. The other two sets were written before the rules
// (unseen.json) and after them (heldout.json) and only measure; each taught
// something general after its first run, which is the figure to believe:
//
//	unseen.json   right tool 82 %, wholly right 80 %, one wrong destructive call
//	heldout.json  right tool 70 %, wholly right 68 %, none
//
// The floors keep what was reached since.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	for _, set := range []struct {
		file               string
		rightTools, wholly int // floors in percent
	}{
		{"known.json", 95, 95},
		{"unseen.json", 85, 85},
		{"heldout.json", 80, 80},
	} {
		t.Run(set.file, func(t *testing.T) {
			t.Parallel()
			f := measure(t, set.file)
			asked := f.utterances - f.silent
			t.Logf("%s: %s", set.file, f)
			if got := percent(f.rightTools, asked); got < set.rightTools {
				t.Errorf("the right tool in %d %%, want %d %%", got, set.rightTools)
			}
			if got := percent(f.wholly, asked); got < set.wholly {
				t.Errorf("wholly right in %d %%, want %d %%", got, set.wholly)
			}
			if f.harmful > 0 {
				t.Errorf("%d wrong calls of destructive tools, want none", f.harmful)
			}
		})
	}
}

func measure(t *testing.T, file string) figures {
	t.Helper()
	var f figures
	places := map[string][]llm.Tool{}
	for place := range servers {
		places[place] = toolsAt(t, place)
	}
	for _, u := range load[utterance](t, file) {
		tools := places[u.At]
		made := converse(t, tools, u.Say, "7 °C and cloudy")
		rightTools, rightArgs := compare(made, u.Want)
		f.utterances++
		f.harmful += harm(tools, made, u.Want)
		if len(u.Want) == 0 {
			f.silent++
			f.falseCalls += min(len(made), 1)
		} else {
			f.rightTools += count(rightTools)
			f.rightArgs += count(rightTools && rightArgs)
			f.wholly += count(rightTools && rightArgs)
		}
		if !rightTools || !rightArgs {
			t.Logf("%q: got %s", u.Say, show(made))
		}
	}
	return f
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// converse answers every call with the same text until the model stops calling.
func converse(t *testing.T, tools []llm.Tool, say, result string) []llm.ToolCall {
	t.Helper()
	messages := []llm.Message{llm.Say(llm.User, say)}
	var all []llm.ToolCall
	for range 5 {
		done := ask(t, tools, messages...)
		calls := done.Message.Calls()
		if len(calls) == 0 {
			return all
		}
		all = append(all, calls...)
		messages = append(messages, done.Message, results(calls, result, false))
	}
	t.Fatalf("%q: still calling after 5 steps", say)
	return nil
}

func ask(t *testing.T, tools []llm.Tool, messages ...llm.Message) llm.Done {
	t.Helper()
	var done llm.Done
	for event, err := range offline.New().Stream(t.Context(), llm.Request{Messages: messages, Tools: tools}) {
		if err != nil {
			t.Fatal(err)
		}
		if d, ok := event.(llm.Done); ok {
			done = d
		}
	}
	return done
}

func results(calls []llm.ToolCall, text string, failed bool) llm.Message {
	m := llm.Message{Role: llm.ToolRole}
	for _, c := range calls {
		m.Parts = append(m.Parts, llm.ToolResult{CallID: c.ID, Name: c.Name, Text: text, IsError: failed})
	}
	return m
}

func compare(made []llm.ToolCall, want []wanted) (rightTools, rightArgs bool) {
	if len(made) != len(want) {
		return false, false
	}
	rightArgs = true
	for i, w := range want {
		if !slices.Contains(strings.Split(w.Tool, "|"), made[i].Name) {
			return false, false
		}
		rightArgs = rightArgs && sameArgs(made[i].Arguments, w.Args)
	}
	return true, rightArgs
}

func sameArgs(got json.RawMessage, want map[string]any) bool {
	var args map[string]any
	if json.Unmarshal(got, &args) != nil || len(args) != len(want) {
		return false
	}
	for key, w := range want {
		g, ok := args[key]
		if !ok || w != "*" && encoded(g) != encoded(w) {
			return false
		}
	}
	return true
}

func encoded(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// harm counts the calls of destructive tools that nobody asked for.
func harm(tools []llm.Tool, made []llm.ToolCall, want []wanted) int {
	n := 0
	for _, c := range made {
		destructive := slices.ContainsFunc(tools, func(t llm.Tool) bool {
			return t.Name == c.Name && t.Destructive && !looks(t.Name)
		})
		asked := slices.ContainsFunc(want, func(w wanted) bool {
			return slices.Contains(strings.Split(w.Tool, "|"), c.Name) && sameArgs(c.Arguments, w.Args)
		})
		n += count(destructive && !asked)
	}
	return n
}

// looks tells the tools of a server without annotations that change nothing.
func looks(name string) bool {
	return strings.HasPrefix(name, "get_") || strings.HasPrefix(name, "list_") || strings.HasPrefix(name, "search_")
}

func show(calls []llm.ToolCall) string {
	var out []string
	for _, c := range calls {
		out = append(out, c.Name+string(c.Arguments))
	}
	return "[" + strings.Join(out, " ") + "]"
}

// toolsAt are the tools of a place, as the host offers them: a name that two
// servers have stands once.
func toolsAt(t *testing.T, place string) []llm.Tool {
	t.Helper()
	var out []llm.Tool
	for _, server := range servers[place] {
		for _, raw := range load[serverTool](t, filepath.Join("tools", server+".json")) {
			same := func(o llm.Tool) bool { return o.Name == raw.Name }
			if i := slices.IndexFunc(out, same); i >= 0 {
				out[i].Description += "\n" + raw.Description
				out[i].Server = ""
				continue
			}
			out = append(out, llm.Tool{
				Name: raw.Name, Description: raw.Description, Schema: raw.InputSchema, Server: server,
				Destructive: !raw.Annotations.ReadOnlyHint && (raw.Annotations.DestructiveHint == nil || *raw.Annotations.DestructiveHint),
			})
		}
	}
	slices.SortFunc(out, func(a, b llm.Tool) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// serverTool is a tool as a server lists it.
type serverTool struct {
	Name        string
	Description string
	InputSchema json.RawMessage
	Annotations struct {
		ReadOnlyHint    bool
		DestructiveHint *bool
	}
}

func load[T any](t *testing.T, file string) []T {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var out []T
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return out
}
