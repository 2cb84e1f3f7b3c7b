package server

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/server/process"
)

// filtered runs a filter over text and gives what came through and what did not.
func filtered(text string) (messages []string, noise *process.Log) {
	var out bytes.Buffer
	noise = &process.Log{}
	f := filter{out: &out, noise: noise, asked: func(id int64) bool { return id < 1000 }}
	f.run(strings.NewReader(text))
	for line := range strings.Lines(out.String()) {
		messages = append(messages, strings.TrimSuffix(line, "\n"))
	}
	return messages, noise
}

func TestFilter(t *testing.T) {
	t.Parallel()
	const one, two = `{"jsonrpc":"2.0","id":1,"result":{}}`, `{"jsonrpc":"2.0","method":"x"}`
	big := strings.Repeat("x", maxMessage+1)
	cases := map[string]struct {
		text  string
		want  []string
		noise int
	}{
		"empty":                   {"", nil, 0},
		"blank lines":             {"\n \r\n\n", nil, 0},
		"message":                 {one + "\n", []string{one}, 0},
		"without a break":         {one, []string{one}, 0},
		"two on a line":           {one + two + "\n", []string{one, two}, 0},
		"trailing text":           {one + " done\n", []string{one}, 1},
		"banner glued":            {"up " + one + "\n", []string{one}, 1},
		"over lines":              {"{\n\"jsonrpc\":\"2.0\",\n\"id\":1,\"result\":{\n\"a\":\"}{\\\"\"}\n}\n", []string{`{"jsonrpc":"2.0","id":1,"result":{"a":"}{\""}}`}, 0},
		"never finished, message": {"{\n\"a\":\n" + one + "\n", []string{one}, 2},
		"never finished, end":     {"{\n\"a\":\n", nil, 2},
		"batch":                   {"[" + one + "," + two + ",3]\n", []string{one, two}, 1},
		"empty batch":             {"[]\n", nil, 0},
		"raw tab in a string":     {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"a\tb\"}\n", []string{"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"a\\u0009b\"}"}, 0},
		"raw break in a string":   {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"a\nb\"}\n", []string{"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"a\\u000ab\"}"}, 0},
		"id in quotes":            {`{"id":"1","result":{}}` + "\n", []string{`{"id":1,"result":{}}`}, 0},
		"id of a string":          {`{"id":"x","result":{}}` + "\n", []string{`{"id":"x","result":{}}`}, 0},
		"id not asked":            {`{"id":4711,"result":{}}` + "\n", nil, 1},
		"no message":              {`{"level":"info"}` + "\n", nil, 1},
		"numbers and words":       {"42\nnull\n\"x\"\ntrue\n", nil, 4},
		"too large, id in front":  {`{"jsonrpc":"2.0","id":7,"result":"` + big + `"}` + "\n" + one, []string{tooLargeError("7"), one}, 1},
		"too large, id behind":    {`{"result":"` + big + `","id":7}` + "\n" + one, []string{tooLargeError("7"), one}, 1},
		"too large, id inside":    {`{"result":{"id":7,"x":"` + big + `"}}` + "\n" + one, []string{one}, 1},
		"too large, no end":       {`{"jsonrpc":"2.0","id":7,"result":"` + big, []string{tooLargeError("7")}, 1},
		"too large, over lines":   {"{\"jsonrpc\":\"2.0\",\"id\":7,\n\"result\":\"\n" + strings.Repeat(strings.Repeat("x", 1<<20)+"\n", 17) + "\"}\n" + one, []string{tooLargeError("7"), one}, -1},
		"too deep":                {`{"jsonrpc":"2.0","id":7,"result":` + strings.Repeat("[", 200_000) + "\n" + one, []string{tooDeepError("7"), one}, 1},
		"too deep, id behind":     {`{"result":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `,"id":7}` + "\n" + one, []string{tooDeepError("7"), one}, 1},
		"too deep, over lines":    {"{\"jsonrpc\":\"2.0\",\"id\":7,\n\"result\":\n" + strings.Repeat("[\n", 130), []string{tooDeepError("7")}, -1},
		"too deep, notification":  {`{"method":"x","id":7,"params":` + strings.Repeat("[", 200) + "\n" + one, []string{one}, 1},
		"brackets in a string":    {`{"jsonrpc":"2.0","id":1,"result":"` + strings.Repeat("[", 200) + `"}`, []string{`{"jsonrpc":"2.0","id":1,"result":"` + strings.Repeat("[", 200) + `"}`}, 0},
		"too large, garbage":      {big + "\n" + one, []string{one}, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, noise := filtered(c.text)
			if !slices.Equal(got, c.want) {
				t.Errorf("passes %.300q, want %q", got, c.want)
			}
			if c.noise >= 0 && noise.Total() != c.noise {
				t.Errorf("%d lines of noise %.300q, want %d", noise.Total(), noise.Tail(9), c.noise)
			}
		})
	}
}

// A line just as large as a message may be is not dropped.
func TestFilterLimit(t *testing.T) {
	t.Parallel()
	_, noise := filtered(strings.Repeat("x", maxMessage-1) + "\n")
	if got := noise.Tail(1)[0]; !strings.HasPrefix(got, "xxx") {
		t.Errorf("noise %.300q", got)
	}
}

func tooLargeError(id string) string {
	return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":-31000,"message":"the answer is larger than 16 MiB and was dropped"}}`
}

func tooDeepError(id string) string {
	return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":-31001,"message":"the answer is nested deeper than 128 levels and was dropped"}}`
}

// What the filter costs a message, the record included.
func BenchmarkFilter(b *testing.B) {
	for name, size := range map[string]int{"small": 100, "64KiB": 64 << 10} {
		b.Run(name, func(b *testing.B) {
			line := []byte(`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"` + strings.Repeat("x", size) + `"}]}}`)
			f := filter{out: io.Discard, noise: &process.Log{}, book: testBook()}
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			for b.Loop() {
				f.line(line)
			}
		})
	}
}

// Messages come through whatever stands between them, as long as it is whole
// lines that are no beginnings of JSON.
func TestFilterFindsEveryMessage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		noise := rapid.StringMatching(`[a-zA-Z \[\]{}:,.0-9é\x1b-]{0,30}`)
		var text strings.Builder
		var want []string
		for range rapid.IntRange(0, 5).Draw(t, "messages") {
			text.WriteString("log: " + noise.Draw(t, "noise") + "\n")
			body, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": rapid.IntRange(1, 99).Draw(t, "id"), "result": rapid.String().Draw(t, "result")})
			text.Write(body)
			text.WriteString("\n")
			want = append(want, string(body))
		}
		if got, _ := filtered(text.String()); !slices.Equal(got, want) {
			t.Fatalf("of %q came %q", text.String(), got)
		}
	})
}

// Whatever comes in, what goes out is one JSON object a line.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"result":{}}`, "[{\"id\":1,\"result\":1}]", "{\n\"id\":\"1\",\n\"error\":\"x\"}", "a{\"id\":\t1}",
		"{\"result\":\"\x00\n\"}", `{"id":1,"error":{"code":{},"message":[]}}`, "[[[", `{"id":"\`, "{\"a\":\"\\\n\"}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		messages, _ := filtered(text)
		for _, m := range messages {
			var object map[string]json.RawMessage
			if err := json.Unmarshal([]byte(m), &object); err != nil {
				t.Errorf("%q became %q: %v", text, m, err)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"content":[{"type":"text","text":"a"}]}`))
	f.Add([]byte(`{"content":[{"type":"resource","resource":{"blob":"AA=="}}],"isError":1}`))
	f.Add([]byte(`{"name":"a","inputSchema":true,"annotations":{"readOnlyHint":null}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if r, err := decodeResult(raw); err == nil && r.Bytes != len(raw) {
			t.Errorf("%d bytes of %d", r.Bytes, len(raw))
		}
		if tool, ok := decodeTool("s", raw); ok && (tool.ID.Tool == "" || len(tool.Schema) == 0 || tool.Schema[0] != '{') {
			t.Errorf("%q became %+v", raw, tool)
		}
	})
}
