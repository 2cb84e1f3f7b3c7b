package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"switchboard/host/server/record"
)

// mend checks that a JSON object is a protocol message and puts right what mcp-go
// would drop it for: an answer to our number given as a string, an error that is
// no error object. It says false for an object that is no message at all, and for
// an answer to a number that was not asked.
func mend(value json.RawMessage, asked func(int64) bool) (json.RawMessage, bool) {
	if id, ok := sound(value); ok {
		return value, asked == nil || asked(id)
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(value, &fields) != nil {
		return nil, false
	}
	_, called := fields["method"]
	_, answered := fields["result"]
	_, failed := fields["error"]
	if !called && !answered && !failed && fields["id"] == nil {
		return nil, false
	}
	if called {
		return value, true
	}
	changed := mendID(fields)
	var id int64
	if asked != nil && json.Unmarshal(fields["id"], &id) == nil && !asked(id) {
		return nil, false
	}
	if failed && mendError(fields) {
		changed = true
	}
	if !changed {
		return value, true
	}
	mended, err := json.Marshal(fields)
	return mended, err == nil
}

// sound tells of an answer without any error in it, which nearly all are, that
// there is nothing to mend, and gives its id.
func sound(value json.RawMessage) (id int64, ok bool) {
	if bytes.Contains(value, []byte(`"error"`)) {
		return 0, false
	}
	e := record.Open(value)
	id, err := strconv.ParseInt(e.ID, 10, 64)
	return id, err == nil && e.Answer && e.Method == ""
}

// mendID makes a number of an id that is a number in quotes: all ids we send are
// numbers.
func mendID(fields map[string]json.RawMessage) bool {
	var text string
	if json.Unmarshal(fields["id"], &text) != nil {
		return false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return false
	}
	fields["id"] = json.RawMessage(strconv.FormatInt(n, 10))
	return true
}

// mendError makes an error object of whatever stands there; a null is no error.
func mendError(fields map[string]json.RawMessage) bool {
	raw := fields["error"]
	if string(raw) == "null" {
		delete(fields, "error")
		return true
	}
	var good struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(raw, &good) == nil {
		return false
	}
	var loose struct{ Code, Message any }
	message := string(raw)
	if json.Unmarshal(raw, &loose) == nil && loose.Message != nil {
		message = fmt.Sprint(loose.Message)
	} else if text := ""; json.Unmarshal(raw, &text) == nil {
		message = text
	}
	code := -32603 // internal error
	if n, err := strconv.Atoi(fmt.Sprint(loose.Code)); err == nil {
		code = n
	}
	fields["error"], _ = json.Marshal(map[string]any{"code": code, "message": message})
	return true
}

// escapeControls replaces raw control characters inside strings, which JSON
// forbids, by their escapes.
func escapeControls(text []byte) []byte {
	if bytes.IndexFunc(text, func(r rune) bool { return r < ' ' }) < 0 {
		return text
	}
	fixed := make([]byte, 0, len(text)+16)
	inString, escaped := false, false
	for _, b := range text {
		switch {
		case inString && b < ' ':
			fixed = fmt.Appendf(fixed, `\u%04x`, b)
			escaped = false
			continue
		case escaped:
			escaped = false
		case inString && b == '\\':
			escaped = true
		case b == '"':
			inString = !inString
		}
		fixed = append(fixed, b)
	}
	return fixed
}
