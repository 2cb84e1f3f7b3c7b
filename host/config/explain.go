package config

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// explain says what is wrong at an offset and what belongs there. s is the scan
// of all before it. The text itself is not repeated: there may be a secret in it.
func explain(text []byte, at int, s scanned) (offset int, message, hint string) {
	rest := text[at:]
	switch {
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return 0, "the file is UTF-16", "save it as UTF-8"
	case len(bytes.TrimSpace(text)) == 0:
		return 0, "the file is empty", `write at least {"mcpServers": {}}`
	case s.open == '*', bytes.HasPrefix(rest, []byte("/*")) && !bytes.Contains(rest, []byte("*/")):
		return at, "this comment has no end", "close it with */"
	case bytes.HasPrefix(rest, []byte("/*")), bytes.HasPrefix(rest, []byte("//")):
		return at, "this comment contains bytes that are not valid UTF-8, or a line separator (U+2028, U+2029)", "type the comment again"
	case len(rest) > 0 && rest[0] == '"' && s.takesText():
		return explainText(text, at)
	}
	message, hint = "expected "+s.expected()+", found "+found(rest), s.cure(text, at)
	return at, message, hint
}

// takesText tells whether a string may stand where the scan ended.
func (s *scanned) takesText() bool { return s.top().want == wantKey || s.top().want == wantValue }

// expected is what belongs where the scan ended.
func (s *scanned) expected() string {
	f := s.top()
	switch {
	case f.want == wantKey:
		return `a key in double quotes or }`
	case f.want == wantColon:
		return `: between key and value`
	case f.want == wantValue && f.bracket == '[':
		return `a value or ]`
	case f.want == wantValue && f.bracket == '{':
		return `a value`
	case f.want == wantValue:
		return `{, with which the configuration begins`
	case f.bracket == '{':
		return `, or }`
	case f.bracket == '[':
		return `, or ]`
	}
	return "the end of the file"
}

// cure is what to do about it.
func (s *scanned) cure(text []byte, at int) string {
	f := s.top()
	rest := text[at:]
	line := 1 + bytes.Count(text[:f.at], []byte("\n"))
	switch {
	case f.bracket != 0 && (len(rest) == 0 || rest[0] == '}' && f.bracket == '[' || rest[0] == ']' && f.bracket == '{'):
		return fmt.Sprintf("the %c of line %d is still open", f.bracket, line)
	case f.want == wantComma && f.bracket != 0:
		return "put a comma after the value before it"
	case f.want == wantComma:
		return "everything belongs inside the one object, which ends before this"
	case word(rest) != "":
		return wordHint(word(rest), f.want == wantKey)
	}
	return ""
}

// wordHint helps those who write another language's words.
func wordHint(word string, key bool) string {
	switch {
	case key:
		return "put it in double quotes"
	case word == "True" || word == "False":
		return "write " + strings.ToLower(word)
	case word == "None" || word == "nil" || word == "undefined":
		return "leave the key out"
	}
	return "put strings in double quotes"
}

// found names what stands at the beginning of rest, without repeating text.
func found(rest []byte) string {
	r, size := utf8.DecodeRune(rest)
	switch {
	case len(rest) == 0:
		return "the end of the file"
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("the byte %#02x", rest[0])
	case r == '"':
		return "a string"
	case strings.ContainsRune("“”„‟«»‘’", r):
		return "a typographic quote"
	case r == '\'':
		return "a single quote"
	case word(rest) != "":
		return "a bare word or number"
	case r > ' ' && r < 0x7f:
		return string(r)
	}
	return fmt.Sprintf("the character U+%04X", r)
}

// word is the run of letters and digits at the beginning of rest.
func word(rest []byte) string {
	end := bytes.IndexFunc(rest, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-+._", r)
	})
	if end < 0 {
		end = len(rest)
	}
	return string(rest[:end])
}

// explainText says what is wrong with the string that begins at an offset.
func explainText(text []byte, at int) (offset int, message, hint string) {
	for i := at + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return at, "this string is not valid JSON", ""
		case c == '\n' || c == '\r':
			return at, "this string has no closing quote on its line", `close it with "; a line break is written \n`
		case c < ' ':
			return i, "a control character inside a string", `a tab is written \t`
		case c == '\\' && !validEscape(text[i:]):
			return i, "a backslash that begins no escape sequence", `write \\ for one backslash, as in "C:\\Users"`
		case c == '\\':
			i++
		}
	}
	return at, "this string has no closing quote", `close it with "`
}

// validEscape tells whether JSON knows the escape at the beginning of rest.
func validEscape(rest []byte) bool {
	if len(rest) < 2 {
		return true // the text ends here, which is another fault
	}
	if rest[1] != 'u' {
		return bytes.IndexByte([]byte(`"\/bfnrt`), rest[1]) >= 0
	}
	if len(rest) < 6 {
		return false
	}
	for _, c := range rest[2:6] {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return true
}
