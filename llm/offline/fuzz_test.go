package offline

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"switchboard/llm"
)

func toolNamed(name string, destructive bool) llm.Tool {
	return llm.Tool{Name: name, Server: "lab", Destructive: destructive, Schema: []byte(`{"type":"object"}`)}
}

// FuzzAnswer feeds any message, name, description and schema: no panic, and never
// a call that the host could not make.
func FuzzAnswer(f *testing.F) {
	f.Add("read README.md and then delete it", "read_file", "Read a file.", `{"properties":{"path":{"type":"string"}},"required":["path"]}`, "ok")
	f.Add(`/call lab.add {"a": 1}`, "add", "", `{"properties":{"a":{"type":"number"},"b":{"$ref":"#/x"}}}`, "7")
	f.Add("/call lab.x l=[1] o={} b=on", "x", "x", `{"properties":{"l":{"type":"array"},"o":{"type":"object"},"b":{"type":"boolean"}}}`, "\n")
	f.Add("Ann knows Bob, 12.5% of 8 460 don't", "create_relations", "relate", `{"properties":{"r":{"type":"array","items":{"properties":{"from":{},"to":{},"type":{}}}}},"required":["r"]}`, "```")
	f.Add("merge \u0130stanbul İ '' \"", "İ__", "\xff", `{"properties":{"İ":{"type":"boolean"},"":{"enum":[null,1.5,"a"]}},"required":["","İ"]}`, "\xff")
	f.Add("convert 10 miles to km at 10:00 in Oslo", "convert", "zone", `{"properties":{"from_unit":{},"to_zone":{"description":"zone"},"x":{"properties":{"x":{"properties":{"x":{}}}}}}}`, "-3")
	f.Fuzz(func(t *testing.T, say, name, description, schema, result string) {
		tools := []llm.Tool{
			{Name: name, Server: "lab", Description: description, Schema: []byte(schema)},
			{Name: "lab__" + name, Server: "lab", Description: description, Schema: []byte(schema), Destructive: true},
		}
		messages := []llm.Message{llm.Say(llm.User, say)}
		for range 4 {
			m := answer(llm.Request{Messages: messages, Tools: tools})
			checkCalls(t, m, tools)
			back := llm.Message{Role: llm.ToolRole}
			for _, c := range m.Calls() {
				back.Parts = append(back.Parts, llm.ToolResult{CallID: c.ID, Name: c.Name, Text: result})
			}
			messages = append(messages, m, back)
		}
	})
}

// failer is what testing and rapid have in common.
type failer interface{ Fatalf(string, ...any) }

var idForm = regexp.MustCompile(`^[a-zA-Z0-9]{9}$`)

// checkCalls holds a message to what the host relies on: offered tools, declared
// parameters, one id each, and words or calls but never nothing.
func checkCalls(t failer, m llm.Message, tools []llm.Tool) {
	if m.Role != llm.Assistant || len(m.Parts) == 0 {
		t.Fatalf("an empty answer: %+v", m)
	}
	ids := map[string]bool{}
	for _, c := range m.Calls() {
		declared := map[string]bool{}
		offered := false
		for _, tool := range tools {
			if tool.Name != c.Name {
				continue
			}
			offered = true
			for _, p := range paramsOf(tool.Schema) {
				declared[p.name] = true
			}
		}
		var args map[string]json.RawMessage
		if err := json.Unmarshal(c.Arguments, &args); err != nil || !bytes.HasPrefix(c.Arguments, []byte("{")) {
			t.Fatalf("%s: the arguments are no object: %s", c.Name, c.Arguments)
		}
		for key := range args {
			if !declared[key] {
				t.Fatalf("%s: %q is not declared", c.Name, key)
			}
		}
		if !offered || ids[c.ID] || !idForm.MatchString(c.ID) {
			t.Fatalf("call %+v: offered %t, id taken %t", c, offered, ids[c.ID])
		}
		ids[c.ID] = true
	}
}

// Sentences made of the words that the rules know reach further than noise does.
func TestAnswerProperties(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{
		"read", "write", "delete", "search", "add", "note", "list", "the", "files", "in", "for", "about", "and", "then", "it", "don't",
		"README.md", "a/b", "*.go", `"quoted text"`, "17", "8 460", "12.5%", "of", "2026-01-01", "15:00", "Oslo", "New York", "from", "to",
		"named", "that", ":", ";", "?", ".", "/call", "lab.x", "a=1", "{", "three", "last", "lines", "issue", "https://x.io/y",
	})
	kind := rapid.SampledFrom([]string{"string", "number", "integer", "boolean", "array", "object", "null", ""})
	field := rapid.SampledFrom([]string{"path", "query", "text", "id", "city", "timezone", "date", "from", "to", "owner", "repo", "title", "a", "b", "expression", "url", "type"})
	verb := rapid.SampledFrom([]string{"read", "delete", "add", "search", "list", "x", "get_note", "write_file", "now"})
	rapid.Check(t, func(t *rapid.T) {
		var tools []llm.Tool
		for _, name := range rapid.SliceOfNDistinct(verb, 0, 5, rapid.ID).Draw(t, "tools") {
			properties := map[string]any{}
			names := rapid.SliceOfNDistinct(field, 0, 4, rapid.ID).Draw(t, "fields")
			for _, f := range names {
				properties[f] = map[string]any{"type": kind.Draw(t, "kind")}
			}
			schema, err := json.Marshal(map[string]any{"properties": properties, "required": names[:len(names)/2]})
			if err != nil {
				t.Fatalf("%v", err)
			}
			tools = append(tools, llm.Tool{Name: name, Server: "lab", Schema: schema, Destructive: rapid.Bool().Draw(t, "destructive")})
		}
		say := ""
		for _, w := range rapid.SliceOfN(word, 0, 12).Draw(t, "words") {
			say += w + " "
		}
		r := llm.Request{Messages: []llm.Message{llm.Say(llm.User, say)}, Tools: tools}
		m := answer(r)
		checkCalls(t, m, tools)
		if again := answer(r); again.Prose() != m.Prose() || len(again.Calls()) != len(m.Calls()) {
			t.Fatalf("two answers to one request: %+v and %+v", m, again)
		}
		checkNoHarm(t, say, m, tools)
	})
}

// checkNoHarm lets a tool that deletes be called only by a message that says so.
func checkNoHarm(t failer, say string, m llm.Message, tools []llm.Tool) {
	exact := regexp.MustCompile(`^\s*/call\b`).MatchString(say)
	asked := regexp.MustCompile(`\bdelete\b`).MatchString(say)
	for _, c := range m.Calls() {
		if c.Name == "delete" && !exact && !asked {
			t.Fatalf("%q deletes", say)
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	tools := []llm.Tool{toolNamed("read_file", false), toolNamed("delete_note", true), toolNamed("get_weather", false)}
	r := llm.Request{Messages: []llm.Message{llm.Say(llm.User, "get the weather in Oslo and then save a note about it")}, Tools: tools}
	for b.Loop() {
		answer(r)
	}
}
