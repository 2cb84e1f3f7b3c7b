package openai

import (
	"encoding/json"
	"testing"

	"switchboard/llm"
)

// FuzzChunk: no event, however odd, brings the reading down, and every call that
// comes of it can be sent back.
func FuzzChunk(f *testing.F) {
	for _, seed := range []string{
		`{"choices":[{"delta":{"content":"a"}}]}`, `[{"error":{"code":1}}]`, `{"choices":[{"delta":{"content":[{"type":"text","text":["a"]},3,null,"x"]}}]}`,
		`{"choices":[{"delta":{"tool_calls":{"index":"1","function":{"name":["a"],"arguments":{"x":1}}}}}]}`, `{"usage":{"prompt_tokens":-1,"completion_tokens":"9","prompt_tokens_details":7}}`,
		`{"choices":[{"message":{"content":{"text":"x"},"reasoning_details":[{"type":"a","index":0,"text":1},{"type":"a","index":0,"text":"b"}]}}]}`, `{}`, `null`, `[]`, `[null]`,
		`{"choices":[null],"x_groq":{"usage":{}},"error":{}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := readChunk(raw)
		if err != nil {
			return
		}
		if c.failed() {
			p := readProblem(raw)
			if kindOf(p) == "" || len(p.message) > maxMessage+len("…") {
				t.Fatalf("%+v", p)
			}
		}
		var a answer
		a.take(c)
		a.take(c)
		m := &Model{quirks: Quirks{ReasoningBack: reasoningDetails}}
		done, err := a.done(m)
		if err != nil {
			return
		}
		for _, call := range done.Message.Calls() {
			if !isObject(call.Arguments) || !callID.MatchString(call.ID) {
				t.Fatalf("%+v", call)
			}
		}
		if done.Usage.Input < 0 || done.Usage.Output < 0 || done.Finish == "" {
			t.Fatalf("%+v", done)
		}
		if o := done.Message.Opaque; o != nil && !json.Valid(o.Data) {
			t.Fatalf("%s", o.Data)
		}
		q := m.request(llm.Request{Messages: []llm.Message{done.Message}})
		if body, err := json.Marshal(q.body); err != nil {
			t.Fatal(err)
		} else if body, err = q.patch.apply(body); err != nil || !json.Valid(body) {
			t.Fatalf("%s, %v", body, err)
		}
	})
}

func FuzzProblem(f *testing.F) {
	for _, seed := range []string{
		`{"error":{"message":"x","code":"y"}}`, `{"error":"x"}`, `[{"error":{"details":[{"retryDelay":"-1s"}]}}]`, `{"detail":[{"msg":"a"},{"msg":"b"}]}`,
		`<title>\n</title>`, "\xff\xfe", `{"error":{"error":{"error":{"error":{"error":{"message":"deep"}}}}}}`, `{"error":{"metadata":{"raw":{}}}}`, `"x"`, `7`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p := readProblem(body)
		if p.retry < 0 || len(p.message) > 2*maxMessage || kindOf(p) == "" {
			t.Fatalf("%+v", p)
		}
	})
}
