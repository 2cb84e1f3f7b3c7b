package openai_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/openai"
)

// picture is a PNG of the size 3×2.
func picture(t *testing.T) llm.Image {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return llm.Image{MIME: "image/png", Data: b.Bytes()}
}

// looking is a conversation with an image of the person's and two of a tool's, one
// of them in a form that no model takes.
func looking(t *testing.T) []llm.Message {
	t.Helper()
	drawn := llm.ToolResult{CallID: "abcdefgh1", Name: "draw", Text: "drawn", Images: []llm.Image{picture(t), {MIME: "image/svg+xml", Data: []byte("<svg/>")}}}
	return []llm.Message{
		{Role: llm.User, Parts: []llm.Part{llm.Text("look"), picture(t)}},
		{Role: llm.Assistant, Parts: []llm.Part{
			llm.ToolCall{ID: "abcdefgh1", Name: "draw", Arguments: json.RawMessage(`{}`)},
			llm.ToolCall{ID: "abcdefgh2", Name: "read", Arguments: json.RawMessage(`{}`)},
		}},
		{Role: llm.ToolRole, Parts: []llm.Part{drawn, llm.ToolResult{CallID: "abcdefgh2", Name: "read", Text: "read"}}},
		llm.Say(llm.User, "and?"),
	}
}

const (
	svg   = `[an image of type image/svg+xml, 6 bytes, that cannot be shown to this model]`
	blind = `[an image of type image/png, 3×2 pixels, NN bytes, that cannot be shown to this model]`
)

func TestImages(t *testing.T) {
	t.Parallel()
	url := "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture(t).Data)
	const chatCalls = `{"role":"assistant","tool_calls":[{"id":"abcdefgh1","type":"function","function":{"name":"draw","arguments":"{}"}},{"id":"abcdefgh2","type":"function","function":{"name":"read","arguments":"{}"}}]}`
	const calls = `{"type":"function_call","call_id":"abcdefgh1","name":"draw","arguments":"{}"},{"type":"function_call","call_id":"abcdefgh2","name":"read","arguments":"{}"}`
	for name, c := range map[string]struct {
		config openai.Config
		field  string
		want   string
	}{
		"chat": {openai.Config{Model: "gpt-4o"}, "messages", `[
			{"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"URL"}}]},` + chatCalls + `,
			{"role":"tool","tool_call_id":"abcdefgh1","content":"drawn\nSVG"},{"role":"tool","tool_call_id":"abcdefgh2","content":"read"},
			{"role":"user","content":[{"type":"text","text":"[the images of result 1 of the calls above]\n\nand?"},{"type":"image_url","image_url":{"url":"URL"}}]}]`},
		"chat, blind": {openai.Config{Model: "deepseek-chat"}, "messages", `[
			{"role":"user","content":"look\n\nBLIND"},` + strings.Replace(chatCalls, `{"role":"assistant",`, `{"role":"assistant","reasoning_content":"",`, 1) + `,
			{"role":"tool","tool_call_id":"abcdefgh1","content":"drawn\nBLIND\nSVG"},{"role":"tool","tool_call_id":"abcdefgh2","content":"read"},
			{"role":"user","content":"and?"}]`},
		"responses": {reasoner, "input", `[
			{"type":"message","role":"user","content":[{"type":"input_text","text":"look"},{"type":"input_image","image_url":"URL"}]},` + calls + `,
			{"type":"function_call_output","call_id":"abcdefgh1","output":[{"type":"input_text","text":"drawn\nSVG"},{"type":"input_image","image_url":"URL"}]},
			{"type":"function_call_output","call_id":"abcdefgh2","output":"read"},
			{"type":"message","role":"user","content":"and?"}]`},
		"responses, blind": {openai.Config{Provider: "OpenAI", Model: "o3-mini"}, "input", `[
			{"type":"message","role":"user","content":"look\n\nBLIND"},` + calls + `,
			{"type":"function_call_output","call_id":"abcdefgh1","output":"drawn\nBLIND\nSVG"},
			{"type":"function_call_output","call_id":"abcdefgh2","output":"read"},
			{"type":"message","role":"user","content":"and?"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := send(t, c.config, llm.Request{Messages: looking(t)})
			size := strings.Replace(blind, "NN", jsonOf(t, len(picture(t).Data)), 1)
			want(t, c.field, body[c.field], strings.NewReplacer("URL", url, "SVG", svg, "BLIND", size).Replace(c.want))
		})
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// An image alone is a message too, and one that nobody takes is told of.
func TestImageAlone(t *testing.T) {
	t.Parallel()
	huge := llm.Image{MIME: "image/png", Data: make([]byte, 21<<20)}
	for name, c := range map[string]struct {
		image llm.Image
		says  string
	}{
		"good":       {picture(t), `"type":"image_url"`},
		"too large":  {huge, "22020096 bytes, that cannot be shown"},
		"empty":      {llm.Image{MIME: "image/png"}, "0 bytes, that cannot be shown"},
		"no picture": {llm.Image{MIME: "image/x]\ny", Data: []byte("x")}, "type image/xy, 1 bytes"},
	} {
		body := send(t, openai.Config{Model: "gpt-4o"}, llm.Request{Messages: []llm.Message{{Role: llm.User, Parts: []llm.Part{c.image}}}})
		if sent := string(body["messages"]); !strings.Contains(sent, c.says) || len(sent) > 1000 {
			t.Errorf("%s: sent %.300s", name, sent)
		}
	}
	result := llm.ToolResult{CallID: "abcdefgh1", Images: []llm.Image{picture(t)}}
	body := send(t, openai.Config{Model: "llama3"}, llm.Request{Messages: []llm.Message{callMessage("f"), {Role: llm.ToolRole, Parts: []llm.Part{llm.ToolResult{CallID: "id-of-f", Images: result.Images}}}}})
	if sent := string(body["messages"]); !strings.Contains(sent, `"content":"[an image of type`) {
		t.Errorf("a result of an image alone is sent as %s", sent)
	}
}

func TestWhoSees(t *testing.T) {
	t.Parallel()
	for model, sees := range map[string]bool{
		"gpt-4o": true, "gpt-4.1-mini": true, "gpt-5.1": true, "gpt-6-sol": true, "o1": true, "o3": true, "o4-mini": true, "openai/gpt-4o": true,
		"gpt-3.5-turbo": false, "gpt-4": false, "gpt-4-0613": false, "o1-mini": false, "o3-mini": false, "openai/gpt-oss-120b": false,
		"claude-sonnet-4-6": true, "claude-2.1": false, "gemini-flash-latest": true, "grok-4.3": true, "grok-3": false,
		"deepseek-v4-flash": false, "mistral-large-latest": true, "codestral-latest": false, "pixtral-12b": true,
		"gemma3:12b": true, "gemma3:1b": false, "google/gemma-3-27b-it": true, "llava:7b": true, "qwen2.5vl:7b": true, "Qwen/Qwen3-VL-8B": true,
		"qwen3:8b": false, "llama3.2": false, "llama3.2-vision:11b": true, "meta-llama/llama-4-scout": true, "phi4": false,
	} {
		if got := connect(t, openai.Config{Model: model, BaseURL: "localhost:8080"}).Info().Vision; got != sees {
			t.Errorf("%s sees: %t", model, got)
		}
	}
	yes, no := true, false
	if !connect(t, openai.Config{Model: "phi4", Vision: &yes}).Info().Vision || connect(t, openai.Config{Model: "gpt-4o", Vision: &no}).Info().Vision {
		t.Error("what the endpoint told does not count before the name")
	}
}
