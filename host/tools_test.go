package host_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// definitions are the elements of tools/list: plain tools with these names, and
// one broken tool for each schema.
func definitions(t *testing.T, names []string, schemas ...string) string {
	t.Helper()
	type definition struct {
		Name        string          `json:"name"`
		Description string          `json:"description"`
		InputSchema json.RawMessage `json:"inputSchema"`
	}
	var all []definition
	for _, n := range names {
		all = append(all, definition{n, "does " + strings.ReplaceAll(n, "_", " "), json.RawMessage(`{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}`)})
	}
	for i, s := range schemas {
		all = append(all, definition{fmt.Sprintf("broken_%02d", i), "is broken", json.RawMessage(s)})
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// numbered names count tools.
func numbered(prefix string, count int) []string {
	names := make([]string, count)
	for i := range names {
		names[i] = fmt.Sprintf("%s_%03d", prefix, i)
	}
	return names
}

// badSchemas are what servers really offer and one provider or another refuses.
var badSchemas = []string{
	`{"type":"object"}`,
	`{"type":"object","properties":{"l":{"type":"array"}}}`,
	`{"type":"object","properties":{"o":{"type":"object"}},"required":["o","ghost"]}`,
	`{"type":"object","properties":{"id":{},"name":{}},"anyOf":[{"required":["id"]},{"required":["name"]}]}`,
	`{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}}},{"type":"object","properties":{"n":{"type":["integer","null"]}}}]}`,
	`{"allOf":[{"$ref":"#/$defs/base"}],"$defs":{"base":{"type":"object","properties":{"y":{"type":"number"}}}}}`,
	`{"type":"object","properties":{"tree":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"object","properties":{"next":{"$ref":"#/$defs/n"}}}}}`,
	`{"type":"object","properties":{"u":{"type":"string","format":"uri","pattern":"^https?://"}},"$schema":"http://json-schema.org/draft-07/schema#"}`,
	`{"type":"object","properties":{"p":{"type":"array","items":[{"type":"number"},{"type":"string"}]}}}`,
	`{"type":"object","properties":{"v":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null}}}`,
	`{"type":"object","properties":{"e":{"type":"integer","enum":[1,2,3]},"f":{"enum":["a",null,1]},"h":{"enum":[]}}}`,
	`{"type":"object","properties":{"any":{},"yes":true,"no":false}}`,
	`{"type":"object","properties":{"filter[id]":{"type":"string"},"$top":{"type":"integer"}}}`,
	`{"type":"object","properties":{"$top":{"type":"integer"}},"required":["$top"]}`,
	`{"type":"object","properties":{"n":{"type":"number","exclusiveMinimum":true}},"required":null}`,
	`{"type":"object","properties":{"t":{"type":"str"},"w":{"type":[]}}}`,
	`{"type":"object","properties":{"c":{"if":{"type":"string"},"then":{"minLength":1},"not":{"type":"null"}}},"additionalProperties":false}`,
	`{"type":"object","properties":{"r":{"$ref":"https://example.com/schema.json"},"q":{"$ref":"#/nowhere"}}}`,
	`{"type":"object","properties":null}`,
	`{"type":"object","properties":{"deep":` + strings.Repeat(`{"type":"object","properties":{"d":`, 12) + `{"type":"array"}` + strings.Repeat(`}}`, 12) + `}}`,
}

// strict connects to an endpoint that refuses what a provider refuses, and answers
// with these calls of find_tools, one a request, then with text.
func strict(t *testing.T, provider string, queries ...string) (*openai.Model, *llmtest.Endpoint) {
	t.Helper()
	reply := func(message string) llmtest.Answer {
		return llmtest.Raw("application/json", `{"choices":[{"message":`+message+`,"finish_reason":"stop"}]}`)
	}
	answer := func(r llmtest.Received) llmtest.Answer {
		if r.Number >= len(queries) {
			return reply(`{"content":"done"}`)
		}
		arguments, _ := json.Marshal(fmt.Sprintf(`{"query":%q}`, queries[r.Number]))
		return reply(fmt.Sprintf(`{"tool_calls":[{"id":"call%05d","type":"function","function":{"name":"find_tools","arguments":%s}}]}`, r.Number, arguments))
	}
	e := llmtest.NewEndpointFunc(t, llmtest.Strict(llm.RulesFor(provider, "m"), answer))
	m, err := openai.New(openai.Config{Model: "m", BaseURL: e.URL(), Provider: provider, APIKey: "k"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m, e
}

// A server with 300 tools and 20 broken schemas stands beside a good one: the
// strict endpoint accepts every request, and the good server's tools are in each.
func TestAStrictEndpointAcceptsEveryRequest(t *testing.T) {
	t.Parallel()
	crowd := servertest.Config("crowd", "-raw="+definitions(t, numbered("fine", 300), badSchemas...))
	good := servertest.Config("good", "-tools=lookup")
	for _, provider := range []string{"OpenAI", "Anthropic", "Google Gemini", "Moonshot", "LM Studio"} {
		for _, limits := range []config.Tools{{}, {Max: 1000}} {
			t.Run(fmt.Sprintf("%s/%d", provider, limits.Max), func(t *testing.T) {
				t.Parallel()
				m, e := strict(t, provider, "broken 00", "fine 123", "broken 13")
				s := begin(t, m, []config.Server{crowd, good}, func(o *host.Options) { o.Tools = limits })
				s.ready("crowd", "good")
				s.say("look up what a lookup is")
				if end := s.over(); end.Finish != host.FinishDone || end.Steps != 4 {
					t.Fatalf("the turn ended with %+v", end)
				}
				if n := len(e.Requests()); n != 4 {
					t.Errorf("%d requests: one was refused", n)
				}
				for i, r := range e.Requests() {
					if !strings.Contains(string(r.Field("tools")), `"lookup"`) {
						t.Errorf("request %d goes without the good server's tool", i)
					}
				}
			})
		}
	}
}

func TestFindToolsIsAnsweredWithoutAskingAnybody(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("find_tools", `{"query":"tame the dragon"}`),
		llmtest.Call("tame_dragon", `{"path":"/cave"}`),
		llmtest.Say("tame"),
	)
	crowd := servertest.Config("crowd", "-raw="+definitions(t, append(numbered("fine", 60), "tame_dragon")))
	s := begin(t, m, []config.Server{crowd}, allow("*/tame_dragon"))
	s.ready("crowd")
	s.say("go")
	if p := next(s, anyOf[host.CallPlanned]); p.Server != "switchboard" || p.Tool != "find_tools" {
		t.Errorf("planned %+v", p)
	}
	if f := s.finished(); f.Outcome != host.Succeeded || !strings.Contains(f.Text.Raw(), "tame_dragon: does tame dragon") {
		t.Errorf("found %+v", f)
	}
	if f := s.finished(); f.Server != "crowd" || f.Outcome != host.Succeeded {
		t.Errorf("the found tool's call ended with %+v", f)
	}
	s.over()
	first, second := names(m.Requests()[0]), names(m.Requests()[1])
	if slices.Contains(first, "tame_dragon") || len(second) <= len(first) || !slices.Equal(second[:len(first)], first) || !slices.Contains(second, "tame_dragon") {
		t.Errorf("first %q, second %q", first, second)
	}
	for _, e := range s.events {
		if _, asked := e.(host.Asked); asked {
			t.Errorf("somebody was asked: %+v", e)
		}
	}
}

func TestARefusedToolIsSetAsideAndTheRequestGoesAgain(t *testing.T) {
	t.Parallel()
	refusal := &llm.Error{Kind: llm.BadRequest, Provider: "acme", Status: 400, Message: "Invalid schema for function 'beta'"}
	m := llmtest.New(llmtest.Fail(refusal), llmtest.Say("fine"), llmtest.Say("still"))
	s := begin(t, m, []config.Server{servertest.Config("one", "-tools=alpha,beta")})
	s.ready("one")
	s.say("go")
	n := next(s, anyOf[host.Notice])
	if n.Level != host.Warn || !strings.Contains(n.Text.Raw(), "one/beta: acme refuses it: Invalid schema") {
		t.Errorf("told %+v", n)
	}
	if end := s.over(); end.Finish != host.FinishDone || end.Steps != 1 {
		t.Errorf("the turn ended with %+v", end)
	}
	s.say("again")
	s.over()
	for i, want := range [][]string{{"alpha", "beta", "echo"}, {"alpha", "echo"}, {"alpha", "echo"}} {
		if got := names(m.Requests()[i]); !slices.Equal(got, want) {
			t.Errorf("request %d carries %q", i, got)
		}
	}
}

func TestRefusalsWithoutEndEndTheTurn(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(llm.Request) llmtest.Step {
		return llmtest.Fail(&llm.Error{Kind: llm.BadRequest, Provider: "acme", Message: "tools[0] is wrong, as all are"})
	})
	s := begin(t, m, []config.Server{servertest.Config("one", "-tools="+strings.Join(numbered("t", 60), ","))}, func(o *host.Options) { o.Tools.Max = 100 })
	s.ready("one")
	s.say("go")
	if end := s.over(); end.Finish != host.FinishFailed || len(m.Requests()) > 40 {
		t.Errorf("the turn ended with %+v after %d requests", end, len(m.Requests()))
	}
}

func TestArgumentsThatDoNotFitAreRefusedBeforeAnybodyIsAsked(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("open", `{"path":7,"other":1}`),
		llmtest.Call("open", `{"path":"/tmp"}`),
		llmtest.Say("open"),
	)
	s := begin(t, m, []config.Server{servertest.Config("one", "-raw="+definitions(t, []string{"open"}))})
	s.ready("one")
	s.say("go")
	f := s.finished()
	text := f.Text.Raw()
	if f.Outcome != host.CallError || !strings.Contains(text, "path: must be a string") || !strings.Contains(text, "path (string, required)") {
		t.Errorf("the model reads %+v", f)
	}
	id, q := s.approval()
	if string(q.Arguments) != `{"path":"/tmp"}` {
		t.Errorf("asked about %s", q.Arguments)
	}
	s.answer(id, host.Approve{Scope: host.Once})
	if f := s.finished(); f.Outcome != host.Succeeded {
		t.Errorf("the call ended with %+v", f)
	}
	s.over()
	answered(t, m.Last())
}

func TestToolsAreListedAndTurnedOff(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("alpha", `{}`), llmtest.Say("one"), llmtest.Say("two"))
	s := begin(t, m, []config.Server{servertest.Config("one", "-tools=alpha,beta", "-offers=2")}, allow("*/*"))
	s.ready("one")
	s.host.Do(host.ListTools{On: true})
	listed := next(s, func(e host.ToolsListed) bool {
		return len(e.Servers) == 1 && e.Servers[0].Prompts == 2 && e.Servers[0].Resources == 2 && e.Servers[0].Templates == 2
	})
	if len(listed.Tools) != 3 || listed.Budget.Tools != 3 || listed.Tools[0].Name != "alpha" || listed.Tools[0].Tokens == 0 {
		t.Fatalf("listed %+v", listed)
	}
	s.say("go")
	next(s, func(e host.ToolsListed) bool { return e.Tools[0].Calls == 1 && e.Tools[1].Calls == 0 })
	s.host.Do(host.SetTool{Server: "one", Tool: "alpha"})
	off := next(s, func(e host.ToolsListed) bool { return e.Tools[0].Off })
	if off.Tools[0].Name != "" || off.Tools[0].Why != "turned off" || off.Budget.Tools != 2 {
		t.Errorf("listed %+v", off)
	}
	s.sayAfter(m, "again")
	if got := names(m.Last()); slices.Contains(got, "alpha") || !slices.Contains(got, "beta") {
		t.Errorf("sent %q", got)
	}
	s.host.Do(host.SetTool{Server: "one"})
	next(s, func(e host.ToolsListed) bool { return e.Budget.Tools == 0 && e.Servers[0].Off })
	s.host.Do(host.SetTool{Server: "one", On: true})
	next(s, func(e host.ToolsListed) bool { return e.Budget.Tools == 3 && !e.Servers[0].Off })
	s.host.Do(host.Inspect{Server: "one"})
	if i := next(s, anyOf[host.ServerInspected]); len(i.Tools) != 3 || i.Tools[0].Calls != 1 {
		t.Errorf("inspected %+v", i.Tools)
	}
}

// sayAfter submits a prompt once the turn that runs has asked the model twice, and
// waits until it was asked for the prompt too.
func (s *session) sayAfter(m *llmtest.Scripted, prompt string) {
	s.t.Helper()
	for len(m.Requests()) < 2 {
		next(s, anyOf[host.Event])
	}
	s.say(prompt)
	for len(m.Requests()) < 3 {
		next(s, anyOf[host.Event])
	}
	s.over()
}

// What is turned off leaves a shared name to the other candidate.
func TestATurnedOffToolLeavesItsClash(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("lookup", `{}`), llmtest.Say("done"))
	s := begin(t, m, []config.Server{servertest.Config("one", "-tools=lookup"), servertest.Config("two", "-tools=lookup")}, allow("*/*"))
	s.ready("one", "two")
	s.host.Do(host.SetTool{Server: "one"})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 })
	s.say("go")
	if f := s.finished(); f.Server != "two" || f.Outcome != host.Succeeded {
		t.Errorf("the call ended with %+v", f)
	}
	s.over()
}

// A step that runs keeps what it was given: a tool that is turned off meanwhile is
// still called, and is gone at the next step.
func TestARunningStepKeepsItsCatalogue(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	m := llmtest.New(llmtest.Call("alpha", `{}`).Hold(hold), llmtest.Say("done"))
	s := begin(t, m, []config.Server{servertest.Config("one", "-tools=alpha,beta")}, allow("*/*"))
	s.ready("one")
	s.say("go")
	next(s, anyOf[host.StepStarted])
	s.host.Do(host.SetTool{Server: "one", Tool: "alpha"})
	next(s, anyOf[host.CatalogChanged])
	close(hold)
	if f := s.finished(); f.Server != "one" || f.Tool != "alpha" || f.Outcome != host.Succeeded {
		t.Errorf("the call ended with %+v", f)
	}
	s.over()
	if first, second := names(m.Requests()[0]), names(m.Requests()[1]); !slices.Contains(first, "alpha") || slices.Contains(second, "alpha") {
		t.Errorf("first %q, second %q", first, second)
	}
}
