package openai

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxMessage is as much of a server's words as is kept, in bytes.
const maxMessage = 1000

// A problem is what a server says went wrong, in whichever form it says it.
type problem struct {
	status  int    // HTTP status, or the one named within a stream; 0 for none
	code    string // the most exact of code, type and status
	message string
	retry   time.Duration // 0 when none is named
	err     error         // the cause, where it was no server's word
}

// readProblem reads the body of a refusal, or an event that reports an error.
func readProblem(body []byte) problem {
	var p problem
	var top json.RawMessage
	if json.Unmarshal(body, &top) != nil {
		p.message = plainMessage(body)
		return p
	}
	p.read(top, 0)
	p.message = clip(p.message)
	return p
}

// read takes what it can from one JSON value; depth bounds how far errors within
// errors are followed.
func (p *problem) read(raw json.RawMessage, depth int) {
	if depth > 4 || !said(raw) {
		return
	}
	switch raw[0] {
	case '"':
		p.say(textOf(raw))
	case '[':
		var list []json.RawMessage
		_ = json.Unmarshal(raw, &list)
		for _, one := range list[:min(len(list), 3)] {
			p.read(one, depth+1)
		}
	case '{':
		var o fields
		_ = json.Unmarshal(raw, &o)
		p.readObject(o, depth)
	}
}

// readObject reads the members that say something, the inner ones first.
func (p *problem) readObject(o fields, depth int) {
	for _, name := range []string{"error", "detail", "errors", "x_groq", "message", "msg"} {
		p.read(o[name], depth+1)
	}
	for _, name := range []string{"code", "type", "status"} {
		p.readCode(o[name])
	}
	p.readDetails(o["details"])
	var metadata struct {
		Raw looseText `json:"raw"`
	}
	if json.Unmarshal(o["metadata"], &metadata) == nil { // OpenRouter: the words of the provider behind it
		p.say(string(metadata.Raw))
	}
}

// say adds to the message what it does not say yet.
func (p *problem) say(text string) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" || strings.Contains(p.message, text):
	case p.message == "":
		p.message = text
	case len(p.message) < maxMessage:
		p.message += ": " + text
	}
}

// readCode keeps the first code that is a word, and a number that is a status.
func (p *problem) readCode(raw json.RawMessage) {
	text := textOf(raw)
	if n, err := strconv.Atoi(text); err == nil {
		if p.status == 0 && n >= 400 && n < 600 {
			p.status = n
		}
		return
	}
	if p.code == "" && text != "error" {
		p.code = text
	}
}

// readDetails reads Google's details: how long to wait, and the exact reason.
func (p *problem) readDetails(raw json.RawMessage) {
	var list []struct {
		RetryDelay string `json:"retryDelay"`
		Reason     string `json:"reason"`
	}
	if json.Unmarshal(raw, &list) != nil {
		return
	}
	for _, d := range list {
		if wait, err := time.ParseDuration(d.RetryDelay); err == nil {
			p.retry = boundedWait(wait.Seconds())
		}
		if d.Reason != "" {
			p.code = d.Reason
		}
	}
}

// textOf is a JSON string's text, or a number as it is written.
func textOf(raw json.RawMessage) string {
	var s looseValue
	if len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || s.UnmarshalJSON(raw) != nil {
		return ""
	}
	return string(s)
}

// title finds what a web page calls itself.
var title = regexp.MustCompile(`(?is)<title[^>]*>\s*([^<]+?)\s*</title>`)

// plainMessage is the message of a body that is not JSON: a page's title, else
// its text.
func plainMessage(body []byte) string {
	text := strings.ToValidUTF8(strings.TrimSpace(string(body)), "\ufffd")
	if !strings.HasPrefix(text, "<") {
		return clip(text)
	}
	if m := title.FindStringSubmatch(text); m != nil {
		return "a web page: " + clip(m[1])
	}
	return "a web page"
}

// clip cuts a message that is too long to be shown.
func clip(s string) string {
	if len(s) <= maxMessage {
		return s
	}
	cut := maxMessage
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
