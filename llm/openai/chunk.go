package openai

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A chunk is one event of a chat completion, or a whole completion, as far as it
// matters here. Fields that servers write in more than one way have types that
// take any of them; fields that are not read cannot fail.
type chunk struct {
	Choices []choice        `json:"choices"`
	Usage   *wireUsage      `json:"usage"`
	Groq    *groqExtra      `json:"x_groq"`
	Error   json.RawMessage `json:"error"`
	Detail  json.RawMessage `json:"detail"` // FastAPI's errors
	Object  looseText       `json:"object"`
	Type    looseText       `json:"type"`
}

type choice struct {
	Delta   delta     `json:"delta"`
	Message *delta    `json:"message"` // of an answer that was not streamed
	Finish  looseText `json:"finish_reason"`
}

type delta struct {
	Content   content         `json:"content"`
	Refusal   looseText       `json:"refusal"`
	Reasoning looseText       `json:"reasoning"`         // Ollama, OpenRouter, vLLM from 0.17.1
	Thinking  looseText       `json:"reasoning_content"` // DeepSeek, llama.cpp, vLLM before
	Details   json.RawMessage `json:"reasoning_details"` // OpenRouter
	Calls     callDeltas      `json:"tool_calls"`
}

type callDelta struct {
	Index    looseIndex `json:"index"`
	ID       looseText  `json:"id"`
	Function struct {
		Name      looseText  `json:"name"`
		Arguments looseValue `json:"arguments"`
	} `json:"function"`
	Extra json.RawMessage `json:"extra_content"` // Gemini's signature
}

type groqExtra struct {
	Usage *wireUsage      `json:"usage"`
	Error json.RawMessage `json:"error"`
}

// readChunk reads one event. An array counts as its first element, as Gemini
// wraps its errors.
func readChunk(raw []byte) (chunk, error) {
	var c chunk
	if len(raw) > 0 && raw[0] == '[' {
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil || len(list) == 0 {
			return c, err
		}
		raw = list[0]
	}
	err := json.Unmarshal(raw, &c)
	return c, err
}

// failed tells whether the event is an error in one of the forms in which servers
// report one within a stream.
func (c *chunk) failed() bool {
	switch {
	case c.Object == "error", c.Type == "error", said(c.Error), c.Groq != nil && said(c.Groq.Error):
		return true
	case len(c.Choices) == 0 && said(c.Detail):
		return true
	}
	for _, o := range c.Choices {
		if o.Finish == "error" {
			return true
		}
	}
	return false
}

// said tells whether a JSON value is there and holds anything.
func said(raw json.RawMessage) bool {
	switch string(raw) {
	case "", "null", "false", `""`, "{}":
		return false
	}
	return true
}

// usage gives the token counts of the event, if it has any.
func (c *chunk) usage() *wireUsage {
	if c.Usage == nil && c.Groq != nil {
		return c.Groq.Usage
	}
	return c.Usage
}

// looseText is a string, or the parts of one; anything else is no text.
type looseText string

// UnmarshalJSON takes any JSON value.
func (t *looseText) UnmarshalJSON(raw []byte) error {
	var c content
	_ = c.UnmarshalJSON(raw) // takes anything
	*t = looseText(c.text)
	return nil
}

// looseValue is the text of a JSON string, else the JSON value itself.
type looseValue string

// UnmarshalJSON takes any JSON value.
func (v *looseValue) UnmarshalJSON(raw []byte) error {
	switch {
	case raw[0] == '"':
		*v = looseValue(unquote(raw))
	case string(raw) != "null":
		*v = looseValue(raw)
	}
	return nil
}

// unquote is the text of a JSON string; anything else has none. Most pieces of an
// answer hold no escapes and need no second decoder, which is half of what
// reading a chunk would cost.
func unquote(raw []byte) string {
	if n := len(raw); n >= 2 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) {
		return string(raw[1 : n-1])
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// looseIndex is a number, also one written as text, if there is one.
type looseIndex struct {
	n  int
	ok bool
}

// UnmarshalJSON takes any JSON value.
func (i *looseIndex) UnmarshalJSON(raw []byte) error {
	n, err := strconv.Atoi(strings.Trim(string(raw), `"`))
	*i = looseIndex{n, err == nil}
	return nil
}

// looseCount is a number of tokens; negative, broken and missing ones are 0.
type looseCount int

// UnmarshalJSON takes any JSON value.
func (c *looseCount) UnmarshalJSON(raw []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(raw), `"`), 64)
	if err == nil && f > 0 && f < math.MaxInt32 {
		*c = looseCount(f)
	}
	return nil
}

// callDeltas is a list of them, or one alone.
type callDeltas []callDelta

// UnmarshalJSON takes any JSON value.
func (d *callDeltas) UnmarshalJSON(raw []byte) error {
	switch raw[0] {
	case '[':
		return json.Unmarshal(raw, (*[]callDelta)(d))
	case '{':
		var one callDelta
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		*d = callDeltas{one}
	}
	return nil
}

// content is a message's content: text, or typed parts among which Mistral sends
// its thinking.
type content struct{ text, thinking string }

// UnmarshalJSON takes any JSON value.
func (c *content) UnmarshalJSON(raw []byte) error {
	switch raw[0] {
	case '"':
		c.text = unquote(raw)
	case '[':
		var parts []json.RawMessage
		if err := json.Unmarshal(raw, &parts); err != nil {
			return err
		}
		for _, p := range parts {
			c.add(p)
		}
	case '{':
		c.add(raw)
	}
	return nil
}

// add takes one part, or one string, of a content array.
func (c *content) add(raw json.RawMessage) {
	raw = bytes.TrimSpace(raw)
	if raw[0] != '{' {
		c.text += unquote(raw)
		return
	}
	var part struct {
		Text     looseText `json:"text"`
		Thinking content   `json:"thinking"`
	}
	if json.Unmarshal(raw, &part) != nil {
		return
	}
	c.text += string(part.Text)
	c.thinking += part.Thinking.text + part.Thinking.thinking
}
