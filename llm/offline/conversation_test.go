package offline_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/offline"
)

func TestInfo(t *testing.T) {
	t.Parallel()
	want := llm.Info{Provider: "offline", Name: "word matcher", Offline: true}
	if got := offline.New().Info(); got != want {
		t.Errorf("Info() = %+v, want %+v", got, want)
	}
}

// reply is what is said when every call was answered with text.
func reply(t *testing.T, say, text string, failed bool) string {
	t.Helper()
	tools := toolsAt(t, "home")
	messages := []llm.Message{llm.Say(llm.User, say)}
	for range 5 {
		done := ask(t, tools, messages...)
		calls := done.Message.Calls()
		if len(calls) == 0 {
			return done.Message.Prose()
		}
		messages = append(messages, done.Message, results(calls, text, failed))
	}
	t.Fatalf("%q: no reply", say)
	return ""
}

func TestReply(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		say, result string
		failed      bool
		want        string
	}{
		"one line": {
			"what is 12.5% of 8 460?", "1057.5", false,
			"calculator/evaluate answered: 1057.5",
		},
		"several lines, in a block that they cannot end": {
			"read README.md", "# Title\n```\ncode\n```", false,
			"files/read answered:\n\n````\n# Title\n```\ncode\n```\n````",
		},
		"several calls": {
			"what time is it in Tokyo and what is the weather in Oslo?", "fine", false,
			"- clock/now answered: fine\n- weather/get_weather answered: fine",
		},
		"a failure": {
			"read README.md", "no such file", true,
			`files/read (path="README.md") failed: no such file`,
		},
		"a server's own denial": {
			"read README.md", "access denied", true,
			`files/read (path="README.md") failed: access denied`,
		},
		"the person's denial": {
			"delete note 3", "the user denied this call; it was not run", true,
			`notes/delete_note (id="3") was not called: the user denied this call; it was not run`,
		},
		"a rule's denial": {
			"delete note 3", "denied by the rule deny notes/*; the call was not run", true,
			`notes/delete_note (id="3") was not called: denied by the rule deny notes/*; the call was not run`,
		},
		"a failure ends the chain": {
			"get the weather in Oslo and then save a note about it", "no network", true,
			"weather/get_weather (city=\"Oslo\") failed: no network\n\nBecause of that, this was not done: notes/add_note.",
		},
		"a wish without a tool": {
			"what time is it in Tokyo and then paint it blue", "noon", false,
			"clock/now answered: noon\n\nNo tool fits: “paint it blue”.",
		},
		"nothing came back": {
			"list my notes", "  ", false,
			"notes/list_notes answered with nothing.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := reply(t, tc.say, tc.result, tc.failed); got != tc.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tc.want)
			}
		})
	}
}

func TestChainHandsTheResultOn(t *testing.T) {
	t.Parallel()
	tools := toolsAt(t, "home")
	for say, want := range map[string]string{
		"get the weather in Oslo and then save a note about it":   `{"text":"7 °C <rain>"}`,
		"what is the weather in Lima? Write it down as a note":    `{"text":"7 °C <rain>"}`,
		"weather in Oslo, then add a note saying \"buy a coat\"":  `{"text":"buy a coat"}`,
		"weather in Oslo and then add a note: \"it is cold now\"": `{"text":"it is cold now"}`,
	} {
		calls := converse(t, tools, say, "7 °C <rain>")
		if len(calls) != 2 || calls[1].Name != "add_note" || string(calls[1].Arguments) != want {
			t.Errorf("%q: %s, want add_note%s second", say, show(calls), want)
		}
	}
	calls := converse(t, tools, "add 3 and 4 and then multiply it by 2", "3 + 4 = 7")
	if want := `{"a":7,"b":2}`; len(calls) != 2 || !sameNumbers(calls[1].Arguments, want) {
		t.Errorf("%s, want multiply of 7 and 2", show(calls))
	}
}

// sameNumbers takes the operands in either order.
func sameNumbers(got json.RawMessage, want string) bool {
	return string(got) == want || string(got) == `{"a":2,"b":7}`
}

func TestStepsWaitWhenOrderMatters(t *testing.T) {
	t.Parallel()
	tools := toolsAt(t, "home")
	for say, want := range map[string]int{
		"what time is it in Tokyo and what is the weather in Oslo":  2,
		"what time is it in Tokyo then what is the weather in Oslo": 1,
		"delete note 3 and show my notes":                           1,
		"get the weather in Oslo and save it as a note":             1,
	} {
		if calls := ask(t, tools, llm.Say(llm.User, say)).Message.Calls(); len(calls) != want {
			t.Errorf("%q: %d calls in the first step, want %d: %s", say, len(calls), want, show(calls))
		}
	}
}

func TestNothingIsCalled(t *testing.T) {
	t.Parallel()
	tools := toolsAt(t, "home")
	for say, want := range map[string]string{
		"hello":                          "Hello. No language model is connected.",
		"Thanks a lot!":                  "You are welcome. No language model is connected.",
		"help":                           "No language model is connected.",
		"how do I connect a real model?": "`--model NAME`",
		"what can you do?":               "- notes: add_note, delete_note, list_notes",
		"who painted the Mona Lisa":      "No tool fits that message.",
		"what's the weather like":        "weather/get_weather fits, but the message does not say: city",
		"delete a note":                  "`/call notes.delete_note id=",
		"please don't delete note 3":     "No tool fits that message.",
		"":                               "/call server.tool key=value",
	} {
		done := ask(t, tools, llm.Say(llm.User, say))
		if calls := done.Message.Calls(); len(calls) > 0 || !strings.Contains(done.Message.Prose(), want) {
			t.Errorf("%q: calls %s and says %q, want %q in it", say, show(calls), done.Message.Prose(), want)
		}
		if done.Finish != llm.Stop {
			t.Errorf("%q: finish %q, want stop", say, done.Finish)
		}
	}
}

func TestNoToolsAtAll(t *testing.T) {
	t.Parallel()
	for _, messages := range [][]llm.Message{nil, {llm.Say(llm.User, "read README.md")}, {llm.Say(llm.Assistant, "hm")}} {
		if got := ask(t, nil, messages...).Message.Prose(); !strings.Contains(got, "No server offers a tool") {
			t.Errorf("said %q", got)
		}
	}
}

// Two tools with one meaning: the person chooses, by the exact form.
func TestRivals(t *testing.T) {
	t.Parallel()
	schema := []byte(`{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}`)
	tools := []llm.Tool{
		{Name: "files__search", Server: "files", Description: "Search for words.", Schema: schema},
		{Name: "mail__search", Server: "mail", Description: "Search for words.", Schema: schema},
	}
	said := ask(t, tools, llm.Say(llm.User, "search for release notes")).Message.Prose()
	for _, want := range []string{`/call files.search query="release notes"`, `/call mail.search query="release notes"`} {
		if !strings.Contains(said, want) {
			t.Errorf("said %q, want %q in it", said, want)
		}
	}
	calls := ask(t, tools, llm.Say(llm.User, "search my mail for release notes")).Message.Calls()
	if len(calls) != 1 || calls[0].Name != "mail__search" {
		t.Errorf("with the server named: %s", show(calls))
	}
}

// A conversation keeps its call ids apart, and the same one gets the same ids.
func TestCallIDs(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-zA-Z0-9]{9}$`)
	tools := toolsAt(t, "home")
	run := func() []string {
		var ids []string
		var messages []llm.Message
		for range 4 {
			messages = append(messages, llm.Say(llm.User, "what time is it in Tokyo and what is the weather in Oslo"))
			done := ask(t, tools, messages...)
			calls := done.Message.Calls()
			for _, c := range calls {
				ids = append(ids, c.ID)
			}
			messages = append(messages, done.Message, results(calls, "fine", false), llm.Say(llm.Assistant, "so"))
		}
		return ids
	}
	first, second := run(), run()
	seen := map[string]bool{}
	for i, id := range first {
		if !form.MatchString(id) || seen[id] || id != second[i] {
			t.Errorf("id %d is %q, then %q; all: %q", i, id, second[i], first)
		}
		seen[id] = true
	}
	if len(first) != 8 {
		t.Errorf("%d calls, want 8", len(first))
	}
}

func TestStreamsInWords(t *testing.T) {
	t.Parallel()
	var pieces []string
	done := 0
	for event, err := range offline.New().Stream(t.Context(), llm.Request{Messages: []llm.Message{llm.Say(llm.User, "hello")}}) {
		if err != nil {
			t.Fatal(err)
		}
		switch e := event.(type) {
		case llm.TextDelta:
			pieces = append(pieces, string(e))
		case llm.Done:
			done++
			if got := strings.Join(pieces, ""); got != e.Message.Prose() {
				t.Errorf("the pieces make %q, the message is %q", got, e.Message.Prose())
			}
		}
	}
	for _, p := range pieces {
		if len(strings.Fields(p)) != 1 {
			t.Errorf("the piece %q is not one word", p)
		}
	}
	if done != 1 || len(pieces) < 10 {
		t.Errorf("%d ends and %d pieces", done, len(pieces))
	}
}

func TestStreamTellsOfCalls(t *testing.T) {
	t.Parallel()
	r := llm.Request{Messages: []llm.Message{llm.Say(llm.User, "weather in Oslo")}, Tools: toolsAt(t, "home")}
	var deltas []llm.CallDelta
	for event, err := range offline.New().Stream(t.Context(), r) {
		if err != nil {
			t.Fatal(err)
		}
		switch e := event.(type) {
		case llm.CallDelta:
			deltas = append(deltas, e)
		case llm.Done:
			if e.Finish != llm.ToolCalls {
				t.Errorf("finish %q, want tool_calls", e.Finish)
			}
		}
	}
	if want := (llm.CallDelta{Name: "get_weather", Bytes: len(`{"city":"Oslo"}`)}); len(deltas) != 1 || deltas[0] != want {
		t.Errorf("deltas %+v, want %+v", deltas, want)
	}
}

func TestStreamEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r := llm.Request{Messages: []llm.Message{llm.Say(llm.User, "hello")}}
	events, failed := 0, error(nil)
	for _, err := range offline.New().Stream(ctx, r) {
		if events++; events == 2 {
			cancel()
		}
		failed = err
	}
	if events != 3 || !errors.Is(failed, context.Canceled) {
		t.Errorf("%d events, then %v", events, failed)
	}
	for range offline.New().Stream(t.Context(), r) {
		break // must not be called again; the runtime panics if it is
	}
}
