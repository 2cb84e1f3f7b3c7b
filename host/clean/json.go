package clean

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// A Member is one member of a JSON object, ready to show: both texts are in the
// strict form of one line.
type Member struct {
	Name string // without quotes
	// Value is compact, members in their order and also where a name stands
	// twice, numbers as they were spelled, and with characters instead of the
	// escapes that could disguise them, except where they are hidden.
	Value string
	// Hidden counts the hidden characters in both, escaped ones included.
	Hidden int
}

// Members lists the members of a JSON object as they stand there, nothing
// sorted and nothing dropped. It is false for anything but an object.
func Members(raw []byte) ([]Member, bool) {
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil || compact.Bytes()[0] != '{' {
		return nil, false
	}
	var members []Member
	for rest := compact.Bytes()[1:]; rest[0] == '"'; {
		colon := stringEnd(rest)
		name, _ := plain(rest[:colon])
		rest = rest[colon+1:]
		end := valueEnd(rest)
		value := unescaped(rest[:end])
		members = append(members, Member{Line(name), Line(value), Hidden(name) + Hidden(value)})
		rest = bytes.TrimPrefix(rest[end:], []byte(","))
	}
	return members, true
}

// unescaped is compact JSON with its strings as [spelled] has them.
func unescaped(compact []byte) string {
	var b strings.Builder
	for len(compact) > 0 {
		n := bytes.IndexByte(compact, '"')
		if n < 0 {
			n = len(compact)
		}
		b.Write(compact[:n])
		compact = compact[n:]
		if len(compact) > 0 {
			end := stringEnd(compact)
			b.WriteString(spelled(compact[:end]))
			compact = compact[end:]
		}
	}
	return b.String()
}

// spelled is a JSON string with no more escapes than JSON needs.
func spelled(literal []byte) string {
	text, ok := plain(literal)
	if !ok {
		return string(literal)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil {
		return string(literal)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// plain decodes a JSON string. A string that is not Unicode (half a surrogate
// pair, a stray byte) cannot be decoded without loss: then it is false, and the
// text is what stands between the quotes.
func plain(literal []byte) (string, bool) {
	var text string
	if json.Unmarshal(literal, &text) != nil || strings.ContainsRune(text, utf8.RuneError) {
		return string(literal[1 : len(literal)-1]), false
	}
	return text, true
}

// stringEnd is the length of the JSON string that compact begins with.
func stringEnd(compact []byte) int {
	for i := 1; i < len(compact); i++ {
		switch compact[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(compact)
}

// valueEnd is the length of the JSON value that compact begins with.
func valueEnd(compact []byte) int {
	depth := 0
	for i := 0; i < len(compact); i++ {
		switch compact[i] {
		case '"':
			i += stringEnd(compact[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth < 0 || depth == 0 && compact[i] == ',' {
			return i
		}
	}
	return len(compact)
}
