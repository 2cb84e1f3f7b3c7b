package offline_test

import (
	"strings"
	"testing"

	"switchboard/llm"
)

func TestExactForm(t *testing.T) {
	t.Parallel()
	tools := append(toolsAt(t, "home"),
		llm.Tool{Name: "mail__send", Server: "mail", Description: "Send a letter.", Destructive: true, Schema: []byte(`{
			"type": "object", "required": ["to"], "properties": {
				"to": {"type": "string"}, "copies": {"type": "array", "items": {"type": "string"}}, "lines": {"type": "integer"},
				"urgent": {"type": "boolean"}, "kind": {"enum": ["plain", "rich"]}, "header": {"type": "object"}}}`)},
		llm.Tool{Name: "ping", Server: "mail", Description: "Answer."},
	)
	for say, want := range map[string]string{
		`/call calculator.add a=1 b=-2.5`:                      `add{"a":1,"b":-2.5}`,
		`/call add a=1 b=2`:                                    `add{"a":1,"b":2}`,
		`/call calculator/add {"a": 1, "b": 2e3}`:              `add{"a":1,"b":2e3}`,
		"/call add\n{\"b\": 12345678901234567890, \"a\": 0}":   `add{"a":0,"b":12345678901234567890}`,
		`/call notes.add_note text="a \"quoted\" <note>"`:      `add_note{"text":"a \"quoted\" <note>"}`,
		`/call notes.add_note text='it is late' title=Evening`: `add_note{"text":"it is late","title":"Evening"}`,
		`/call add_note text=one=two`:                          `add_note{"text":"one=two"}`,
		`/call CALCULATOR.evaluate expression=2*(3+4)`:         `evaluate{"expression":"2*(3+4)"}`,
		`/call mail__send to=Ann urgent=yes`:                   `mail__send{"to":"Ann","urgent":true}`,
		`/call mail.send to=Ann copies=Bo,Cy kind=RICH`:        `mail__send{"copies":["Bo","Cy"],"kind":"rich","to":"Ann"}`,
		`/call mail.mail__send to=Ann copies=["Bo, Cy"]`:       `mail__send{"copies":["Bo, Cy"],"to":"Ann"}`,
		`/call send to=Ann header={"x": [1, 2]}`:               `mail__send{"header":{"x": [1, 2]},"to":"Ann"}`,
		`/call ping`:                                           `ping{}`,
	} {
		calls := ask(t, tools, llm.Say(llm.User, say)).Message.Calls()
		if len(calls) != 1 || strings.ReplaceAll(show(calls), " ", "") != "["+strings.ReplaceAll(want, " ", "")+"]" {
			t.Errorf("%q: %s, want %s", say, show(calls), want)
		}
	}
}

// A tool that several servers offer under one name is the host's to place.
func TestExactFormOfASharedTool(t *testing.T) {
	t.Parallel()
	schema := []byte(`{"type":"object","required":["query"],"properties":{"query":{"type":"string"}}}`)
	tools := []llm.Tool{
		{Name: "search", Description: "Search.", Schema: schema},
		{Name: "v1.read", Description: "Read.", Schema: schema},
		{Name: "web__find", Server: "web", Description: "Find.", Schema: schema},
		{Name: "find", Description: "Find.", Schema: schema},
		{Name: "list", Server: "notes", Description: "List.", Schema: schema},
	}
	for say, want := range map[string]string{
		`/call files.search query=x`:    "search",
		`/call notes/SEARCH query=x`:    "search",
		`/call my.notes.search query=x`: "search",
		`/call search query=x`:          "search",
		`/call files.v1.read query=x`:   "v1.read",
		`/call web.find query=x`:        "web__find",
		`/call mail.find query=x`:       "find",
		`/call files.list query=x`:      "",
		`/call research query=x`:        "",
	} {
		called := ""
		for _, c := range ask(t, tools, llm.Say(llm.User, say)).Message.Calls() {
			called += c.Name
		}
		if called != want {
			t.Errorf("%q calls %q, want %q", say, called, want)
		}
	}
}

func TestExactFormExplainsItself(t *testing.T) {
	t.Parallel()
	tools := append(toolsAt(t, "home"),
		llm.Tool{Name: "one__same", Server: "one", Schema: []byte(`{"properties":{"on":{"type":"boolean"},"n":{"type":"integer"},"k":{"enum":["a","b"]},"o":{"type":"object"},"l":{"type":"array","items":{"type":"number"}}}}`)},
		llm.Tool{Name: "two__same", Server: "two"},
	)
	for say, want := range map[string]string{
		`/call`:                      "Name the tool",
		`/call calculator.power a=1`: "No tool is called calculator.power.",
		`/call wether.get a=1`:       "The closest: `weather.get_weather`",
		`/call same`:                 "`one.same`, `two.same`",
		`/call add a=1`:              "it needs b (The second number)",
		`/call add a=one b=2`:        "a: a number is needed",
		`/call add a=1 c=2`:          "it has no parameter c, but a, b",
		`/call add {"a": 1, "b": `:   "no JSON object",
		`/call add {"a": 1, "d": 2}`: "it has no parameter d",
		`/call add_note buy milk`:    "not of the form key=value",
		`/call one.same on=maybe`:    "on: true or false is needed",
		`/call one.same n=1.5`:       "n: a whole number is needed",
		`/call one.same k=c`:         "k: one of a, b is needed",
		`/call one.same o=[1]`:       "o: JSON is needed",
		`/call one.same l=[1`:        "l: JSON is needed",
		`/call one.same l=1,x`:       "l: a number is needed",
		`/call two.same x=1`:         "it takes no arguments",
		`/calls`:                     "No tool fits that message.",
	} {
		done := ask(t, tools, llm.Say(llm.User, say))
		if calls := done.Message.Calls(); len(calls) > 0 || !strings.Contains(done.Message.Prose(), want) {
			t.Errorf("%q: calls %s and says %q, want %q in it", say, show(calls), done.Message.Prose(), want)
		}
	}
}

// What the matcher suggests has to work when it is typed.
func TestExamplesCanBeCalled(t *testing.T) {
	t.Parallel()
	tools := toolsAt(t, "work")
	tried := 0
	for _, tool := range tools {
		said := ask(t, tools, llm.Say(llm.User, "/call "+tool.Name+" nonsense")).Message.Prose()
		_, example, ok := strings.Cut(said, "For example:\n\n`")
		if !ok || strings.Contains(example, "…]") {
			continue
		}
		tried++
		calls := ask(t, tools, llm.Say(llm.User, strings.TrimSuffix(example, "`"))).Message.Calls()
		if len(calls) != 1 || calls[0].Name != tool.Name {
			t.Errorf("%s: the example %q makes %s", tool.Name, example, show(calls))
		}
	}
	if tried < 50 {
		t.Errorf("only %d examples", tried)
	}
}
