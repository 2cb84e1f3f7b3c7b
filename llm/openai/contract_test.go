package openai_test

import (
	"fmt"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// A dialogue is a wire with the pieces of a stream on it.
type dialogue struct {
	config            openai.Config
	a, b, ending      string // events: the text "a", the text "b", the end
	mark              string // what follows the end, if anything does
	many              string // an event over several lines, with the text "x"
	array, odd        string // events with the texts "T" and "x" in odd forms
	whole             string // an answer in one piece
	call              string // a call with its arguments as an object
	object, midStream string // failures in forms of their own
}

// dialogues are both wires.
var dialogues = map[string]dialogue{
	"chat": {
		a: chunkA, b: chunkB, ending: ending, mark: endMark,
		many:      "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"x\"}}]}\n\n",
		array:     `data: {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"T"}]}}]}` + "\n\n",
		odd:       `data: {"id":1,"created":1.5,"choices":[{"delta":{"content":"x"}}]}` + "\n\n",
		whole:     `{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"FULL"},"finish_reason":"stop"}]}`,
		call:      `data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]}}]}` + "\n\n",
		object:    `data: {"object":"error","message":"boom","code":400}` + "\n\n",
		midStream: `data: {"id":"g","error":{"code":502,"message":"boom"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}` + "\n\n",
	},
	"responses": {
		config:    reasoner,
		a:         `data: {"type":"response.output_text.delta","output_index":0,"item_id":"m","delta":"a"}` + "\n\n",
		b:         `data: {"type":"response.output_text.delta","output_index":0,"item_id":"m","delta":"b"}` + "\n\n",
		ending:    `data: {"type":"response.completed","response":{"status":"completed"}}` + "\n\n",
		many:      "data: {\"type\":\"response.output_text.delta\",\ndata: \"delta\":\"x\"}\n\n",
		array:     `data: {"type":"response.output_text.delta","delta":[{"type":"output_text","text":"T"}]}` + "\n\n",
		odd:       `data: {"type":"response.output_text.delta","sequence_number":1.5,"output_index":"0","item_id":7,"delta":"x"}` + "\n\n",
		whole:     `{"object":"response","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"FULL"}]}]}`,
		call:      `data: {"type":"response.output_item.done","item":{"type":"function_call","name":"f","arguments":{"a":1}}}` + "\n\n",
		object:    `data: {"type":"error","message":"boom","code":400}` + "\n\n",
		midStream: `data: {"type":"response.failed","response":{"status":"failed","error":{"code":502,"message":"boom"}}}` + "\n\n",
	},
}

func (d dialogue) all() string { return d.a + d.b + d.ending + d.mark }

const boom = `{"error":{"message":"boom"}}`

// The 27 shapes in which servers answer, and what each must come to on both wires.
// Their place in the list is their number.
var answerShapes = []struct {
	name  string
	media string // text/event-stream if empty
	body  func(d dialogue) string
	text  string
	calls string
	kind  llm.ErrorKind // "" for a complete answer
	says  string        // part of the error
}{
	{name: "normal", body: dialogue.all, text: "ab"},
	{name: "CRLF", body: func(d dialogue) string { return strings.ReplaceAll(d.all(), "\n", "\r\n") }, text: "ab"},
	{name: "CR only", body: func(d dialogue) string { return strings.ReplaceAll(d.all(), "\n", "\r") }, text: "ab"},
	{name: "byte order mark", body: func(d dialogue) string { return "\ufeff" + d.all() }, text: "ab"},
	{name: "no empty lines", body: func(d dialogue) string { return strings.ReplaceAll(d.all(), "\n\n", "\n") }, text: "ab"},
	{name: "no end mark", body: func(d dialogue) string { return d.a + d.b + d.ending }, text: "ab"},
	{name: "clean close in the middle", body: func(d dialogue) string { return d.a + d.b }, text: "ab", kind: llm.Truncated},
	{name: "last line without its end", body: func(d dialogue) string { return d.a + strings.TrimRight(d.ending, "\n") }, text: "a"},
	{name: "a thousand comments", body: func(d dialogue) string {
		return d.a + strings.Repeat(": OPENROUTER PROCESSING\n\n", 1000) + d.b + d.ending + d.mark
	}, text: "ab"},
	{name: "data over several lines", body: func(d dialogue) string { return d.many + d.ending + d.mark }, text: "x"},
	{name: "error", body: func(d dialogue) string { return d.a + "data: " + boom + "\n\n" }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "error without line end", body: func(d dialogue) string { return d.a + "data: " + boom }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "error after comments", body: func(d dialogue) string { return ": ping\n\n" + d.a + ": ping\n\ndata: " + boom + "\n\n" }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "event: error", body: func(d dialogue) string { return d.a + "event: error\ndata: " + boom + "\n\n" }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "error with spaces", body: func(d dialogue) string { return d.a + "data: { \"error\" : {\"message\":\"boom\"}}\n\n" }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "error in the middle, OpenRouter", body: func(d dialogue) string { return d.a + d.midStream + d.mark }, text: "a", kind: llm.Overloaded, says: "boom"},
	{name: "error as text", body: func(d dialogue) string { return d.a + "data: {\"error\":\"boom\"}\n\n" }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "error outside of data", body: func(d dialogue) string { return d.a + boom + "\n" }, text: "a", kind: llm.Unknown, says: "boom"},
	{name: "error object, vLLM", body: func(d dialogue) string { return d.a + d.object + d.mark }, text: "a", kind: llm.BadRequest, says: "boom"},
	{name: "empty data", body: func(d dialogue) string { return d.a + "data: \n\n" + d.b + d.ending + d.mark }, text: "ab"},
	{name: "content as parts", body: func(d dialogue) string { return d.array + d.ending + d.mark }, text: "T"},
	{name: "arguments as an object", body: func(d dialogue) string { return d.call + d.ending + d.mark }, calls: `f {"a":1}`},
	{name: "odd numbers", body: func(d dialogue) string { return d.odd + d.ending + d.mark }, text: "x"},
	{name: "JSON in place of a stream", media: "application/json", body: func(d dialogue) string { return d.whole }, text: "FULL"},
	{name: "JSON error with status 200", media: "application/json", body: func(dialogue) string { return boom }, kind: llm.Unknown, says: "boom"},
	{name: "web page", media: "text/html", body: func(dialogue) string { return "<html>captive portal</html>" }, kind: llm.WrongEndpoint, says: "text/html"},
	{name: "empty body", body: func(dialogue) string { return "" }, kind: llm.Truncated},
}

func TestContractOfAnswers(t *testing.T) {
	t.Parallel()
	if n := len(answerShapes); n != 27 {
		t.Fatalf("%d shapes", n)
	}
	for wire, d := range dialogues {
		for i, c := range answerShapes {
			t.Run(fmt.Sprintf("%s/%d %s", wire, i+1, c.name), func(t *testing.T) {
				t.Parallel()
				media := c.media
				if media == "" {
					media = "text/event-stream"
				}
				e := llmtest.NewEndpoint(t, llmtest.Raw(media, c.body(d)))
				h := listen(t, t.Context(), connect(t, at(d.config, e)), ask("hi"))
				if h.text != c.text || h.kind() != c.kind || c.kind != "" && !strings.Contains(h.err.Error(), c.says) {
					t.Fatalf("text %q, ended with %q (%v); want %q, %q saying %q", h.text, h.kind(), h.err, c.text, c.kind, c.says)
				}
				if c.kind != "" {
					return
				}
				if m := h.done.Message; m.Prose() != c.text || describe(m.Calls()) != c.calls || h.done.Finish != finishFor(m.Calls()) {
					t.Errorf("done with %+v", h.done)
				}
			})
		}
	}
}

// Events of the responses wire about the item at a place, -1 for none, with an id,
// "" for none.
func begun(place int, id, name string) string {
	return itemEvent("added", place, fmt.Sprintf(`{"type":"function_call","status":"in_progress","name":%q,"arguments":""%s}`, name, idMember("id", id)))
}

func ended(place int, id, name, arguments string) string {
	return itemEvent("done", place, fmt.Sprintf(`{"type":"function_call","name":%q,"arguments":%q%s}`, name, arguments, idMember("id", id)))
}

func grown(place int, id, arguments string) string {
	return fmt.Sprintf(`{"type":"response.function_call_arguments.delta","delta":%q%s%s}`, arguments, idMember("item_id", id), placeMember(place))
}

func itemEvent(what string, place int, item string) string {
	return fmt.Sprintf(`{"type":"response.output_item.%s","item":%s%s}`, what, item, placeMember(place))
}

func idMember(name, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf(`,%q:%q`, name, value)
}

func placeMember(place int) string {
	if place < 0 {
		return ""
	}
	return fmt.Sprintf(`,"output_index":%d`, place)
}

// The 15 shapes in which calls come in pieces, on chat completions and, with what
// is the like there, on the responses wire.
var pieceShapes = []struct {
	name      string
	chat      []string
	responses []string
	want      string
	elsewhere string // what the responses shape comes to, if not the same
}{
	{ // 1
		"parallel, as OpenAI", []string{
			`{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}`, `{"index":0,"function":{"arguments":"{\"x\":"}}`,
			`{"index":0,"function":{"arguments":"1}"}}`, `{"index":1,"id":"b","function":{"name":"g","arguments":""}}`, `{"index":1,"function":{"arguments":"{}"}}`,
		}, []string{
			begun(0, "a", "f"), grown(0, "a", `{"x":`), grown(0, "a", `1}`), ended(0, "a", "f", `{"x":1}`), begun(1, "b", "g"), grown(1, "b", `{}`), ended(1, "b", "g", `{}`),
		}, `f {"x":1}|g {}`, "",
	},
	{ // 2
		"interleaved by index", []string{
			`{"index":0,"id":"a","function":{"name":"f"}}`, `{"index":1,"id":"b","function":{"name":"g"}}`,
			`{"index":0,"function":{"arguments":"{\"x\":1}"}}`, `{"index":1,"function":{"arguments":"{\"y\":2}"}}`,
		}, []string{
			begun(0, "a", "f"), begun(1, "b", "g"), grown(0, "a", `{"x"`), grown(1, "b", `{"y"`), grown(0, "a", `:1}`), grown(1, "b", `:2}`),
		}, `f {"x":1}|g {"y":2}`, "",
	},
	{ // 3
		"no index, whole calls, signed", []string{
			`{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"},"extra_content":{"google":{"thought_signature":"S"}}}`, `{"id":"b","function":{"name":"f","arguments":"{\"x\":2}"}}`,
		}, []string{ended(-1, "a", "f", `{"x":1}`), ended(-1, "b", "f", `{"x":2}`)}, `f {"x":1} signed|f {"x":2}`, `f {"x":1}|f {"x":2}`,
	},
	{ // 4
		"index 0 for every call",
		[]string{`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":0,"id":"b","function":{"name":"f","arguments":"{\"x\":2}"}}`},
		[]string{ended(0, "a", "f", `{"x":1}`), ended(0, "b", "f", `{"x":2}`)},
		`f {"x":1}|f {"x":2}`, "",
	},
	{ // 5
		"id and name on every piece",
		[]string{`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}}`, `{"index":0,"id":"a","function":{"name":"f","arguments":":1}"}}`},
		[]string{begun(-1, "a", "f"), grown(-1, "a", `{"x"`), grown(-1, "a", `:1}`), ended(-1, "a", "f", `{"x":1}`)},
		`f {"x":1}`, "",
	},
	{ // 6
		"no id",
		[]string{`{"index":0,"function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":1,"function":{"name":"g","arguments":"{}"}}`},
		[]string{begun(0, "", "f"), begun(1, "", "g"), grown(0, "", `{"x":1}`), grown(1, "", `{}`)},
		`f {"x":1}|g {}`, "",
	},
	{ // 7
		"no id, no index, two whole calls of one tool",
		[]string{`{"function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"function":{"name":"f","arguments":"{\"x\":2}"}}`},
		[]string{ended(-1, "", "f", `{"x":1}`), ended(-1, "", "f", `{"x":2}`)},
		`f {"x":1}|f {"x":2}`, "",
	},
	{ // 8
		"no id, no index, pieces",
		[]string{`{"function":{"name":"f","arguments":"{\"x\""}}`, `{"function":{"arguments":":1}"}}`},
		[]string{begun(-1, "", "f"), grown(-1, "", `{"x"`), grown(-1, "", `:1}`), ended(-1, "", "f", `{"x":1}`)},
		`f {"x":1}`, "",
	},
	{ // 9
		"index starts at 1",
		[]string{`{"index":1,"id":"a","function":{"name":"f","arguments":"{}"}}`},
		[]string{begun(1, "a", "f"), grown(1, "a", `{}`), ended(1, "a", "f", `{}`)},
		`f {}`, "",
	},
	{ // 10
		"no arguments",
		[]string{`{"index":0,"id":"a","function":{"name":"f"}}`},
		[]string{begun(0, "a", "f"), ended(0, "a", "f", "")},
		`f {}`, "",
	},
	{ // 11
		"arguments cut",
		[]string{`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}`},
		[]string{begun(0, "a", "f"), grown(0, "a", `{"x":`)},
		`f {} malformed {"x":`, "",
	},
	{ // 12
		"arguments are a list",
		[]string{`{"index":0,"id":"a","function":{"name":"f","arguments":"[1]"}}`},
		[]string{ended(0, "a", "f", `[1]`)},
		`f {} malformed [1]`, "",
	},
	{ // 13
		"name in pieces",
		[]string{`{"index":0,"id":"a","function":{"name":"get_"}}`, `{"index":0,"function":{"name":"weather"}}`, `{"index":0,"function":{"arguments":"{}"}}`},
		[]string{begun(0, "a", ""), grown(0, "a", `{}`), ended(0, "a", "get_weather", `{}`)},
		`get_weather {}`, "",
	},
	{ // 14
		"id comes late",
		[]string{`{"index":0,"function":{"name":"f"}}`, `{"index":0,"id":"a","function":{"arguments":"{}"}}`},
		[]string{begun(0, "", "f"), grown(0, "a", `{}`), ended(0, "a", "f", `{}`)},
		`f {}`, "",
	},
	{ // 15
		"a piece of nothing",
		[]string{`{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}`, `{}`, `{"index":null,"id":null,"function":null}`},
		[]string{ended(0, "a", "f", `{}`), `{}`, `{"type":"keepalive","sequence_number":4}`, `{"type":"response.output_item.added","item":null}`},
		`f {}`, "",
	},
}

func TestContractOfCallPieces(t *testing.T) {
	t.Parallel()
	if n := len(pieceShapes); n != 15 {
		t.Fatalf("%d shapes", n)
	}
	for i, c := range pieceShapes {
		t.Run(fmt.Sprintf("chat/%d %s", i+1, c.name), func(t *testing.T) {
			t.Parallel()
			hearCalls(t, openai.Config{}, chatPieces(c.chat), c.want)
		})
		t.Run(fmt.Sprintf("responses/%d %s", i+1, c.name), func(t *testing.T) {
			t.Parallel()
			want := c.want
			if c.elsewhere != "" {
				want = c.elsewhere
			}
			stream := "data: " + strings.Join(c.responses, "\n\ndata: ") + "\n\n" + dialogues["responses"].ending
			hearCalls(t, reasoner, stream, want)
		})
	}
}

// Gateways are known that make up a new id for every event of one item.
func TestIDsThatChange(t *testing.T) {
	t.Parallel()
	hearCalls(t, reasoner, "data: "+strings.Join([]string{
		begun(0, "x1", "f"), grown(0, "x2", `{"x"`), grown(0, "x3", `:1}`), ended(0, "x4", "f", `{"x":1}`),
		`{"type":"response.completed","response":{"output":[{"type":"function_call","id":"x5","name":"f","arguments":"{\"x\":1}"}]}}`,
	}, "\n\ndata: ")+"\n\n", `f {"x":1}`)
}
