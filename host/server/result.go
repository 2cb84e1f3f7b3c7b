package server

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"switchboard/host/clean"
)

// decodeResult reads the result of tools/call. It is tolerant: content that is
// missing, of an unknown type or malformed is described in words.
func decodeResult(raw json.RawMessage) (Result, error) {
	var fields struct {
		ResultType        json.RawMessage `json:"resultType"`
		Content           json.RawMessage `json:"content"`
		StructuredContent json.RawMessage `json:"structuredContent"`
		IsError           json.RawMessage `json:"isError"`
	}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return Result{}, &invalidError{"the answer is no result of a tool call: " + cut(string(raw), maxLastWord)}
	}
	switch kind := text(fields.ResultType); kind {
	case "", "complete":
	case "input_required":
		return Result{}, &invalidError{"the tool asks for more input than the call can give (input_required)"}
	default:
		return Result{}, &invalidError{fmt.Sprintf("the result is of the unknown type %q", kind)}
	}
	said := contentText(fields.Content)
	if said == "" && isSomething(fields.StructuredContent) {
		said = string(fields.StructuredContent)
	}
	r := Result{Text: clean.Foreign(said), Bytes: len(raw), Media: mediaOf(fields.Content)}
	flag(fields.IsError, &r.IsError)
	return r, nil
}

func isSomething(raw json.RawMessage) bool {
	return len(raw) > 0 && !bytes.Equal(bytes.TrimSpace(raw), []byte("null"))
}

// contentText joins the blocks of a content array, one line break between two. A
// lone block or a plain string, which some servers send, counts as well.
func contentText(raw json.RawMessage) string {
	var blocks []json.RawMessage
	if json.Unmarshal(raw, &blocks) != nil {
		if s := text(raw); s != "" {
			return s
		}
		if !isSomething(raw) {
			return ""
		}
		blocks = []json.RawMessage{raw}
	}
	parts := make([]string, 0, len(blocks))
	for _, block := range blocks {
		if part := blockText(block); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n")
}

// A block is one element of content, of any type.
type block struct {
	Type     string    `json:"type"`
	Text     *string   `json:"text"`
	Data     string    `json:"data"`
	MIMEType string    `json:"mimeType"`
	URI      string    `json:"uri"`
	Name     string    `json:"name"`
	Title    string    `json:"title"`
	About    string    `json:"description"`
	Resource *resource `json:"resource"`
}

type resource struct {
	URI      string  `json:"uri"`
	MIMEType string  `json:"mimeType"`
	Text     *string `json:"text"`
	Blob     string  `json:"blob"`
}

func blockText(raw json.RawMessage) string {
	var b block
	if err := json.Unmarshal(raw, &b); err != nil {
		if s := text(raw); s != "" {
			return s
		}
		return fmt.Sprintf("[content that makes no sense, %s]", size(len(raw)))
	}
	switch {
	case b.Type == "resource" && b.Resource != nil:
		return b.Resource.text()
	case b.Type == "resource_link":
		return fmt.Sprintf("[resource %s]", words(b.URI, first(b.Title, b.Name), b.MIMEType, b.About))
	case b.Type == "image", b.Type == "audio":
		return fmt.Sprintf("[%s %s, %s]", b.Type, first(b.MIMEType, "of unknown type"), size(decodedLen(b.Data)))
	case b.Text != nil:
		return *b.Text
	}
	return fmt.Sprintf("[%s, %s]", words(first(b.Type, "content")+" content", b.MIMEType), size(len(raw)))
}

// text gives a text resource in full under its address; of any other its
// description.
func (r *resource) text() string {
	if r.Text != nil {
		return fmt.Sprintf("[resource %s]\n%s", words(r.URI, r.MIMEType), *r.Text)
	}
	return fmt.Sprintf("[resource %s, %s]", words(r.URI, r.MIMEType), size(decodedLen(r.Blob)))
}

// words joins what is not empty with commas.
func words(ss ...string) string {
	var kept []string
	for _, s := range ss {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, ", ")
}

func first(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}

func decodedLen(base64Text string) int {
	return base64.RawStdEncoding.DecodedLen(len(strings.TrimRight(base64Text, "=")))
}

// size writes a number of bytes as a person would: 900 bytes, 12 KB, 3.4 MB.
func size(n int) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	}
	return fmt.Sprintf("%d bytes", n)
}
