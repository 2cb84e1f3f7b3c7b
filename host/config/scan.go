package config

import "bytes"

// A want is what must come next in a text.
type want int

const (
	wantValue want = iota
	wantKey
	wantColon
	wantComma // or the end of what is open
)

// A frame is a bracket that is open; the outermost frame is the file.
type frame struct {
	bracket byte // '{', '[' or 0 for the file
	at      int
	want    want
}

// scanned is where a text leaves off.
type scanned struct {
	frames []frame
	// open is '"', '/' or '*' when the text ends within a string, a line comment
	// or a block comment; at is then where that begins.
	open byte
	at   int
	deep bool // nested deeper than maxDepth; at is the bracket
}

// top is the innermost frame.
func (s *scanned) top() *frame { return &s.frames[len(s.frames)-1] }

// closers are the brackets that close what is open.
func (s *scanned) closers() string {
	var b []byte
	for i := len(s.frames) - 1; i > 0; i-- {
		if s.frames[i].bracket == '{' {
			b = append(b, '}')
		} else {
			b = append(b, ']')
		}
	}
	return string(b)
}

// scan follows the brackets, strings and comments of a text. The text need not be
// right; where it is wrong the scan is of no use but ends all the same.
func scan(text []byte) scanned {
	s := scanned{frames: []frame{{}}}
	for i := 0; i < len(text); {
		length := s.token(text, i)
		if length == 0 {
			break
		}
		i += length
	}
	return s
}

// token takes what begins at i and gives its length; 0 ends the scan.
func (s *scanned) token(text []byte, i int) int {
	switch c := text[i]; c {
	case ' ', '\t', '\r', '\n':
		return 1
	case '{', '[':
		return s.enter(c, i)
	case '}', ']':
		if len(s.frames) > 1 {
			s.frames = s.frames[:len(s.frames)-1]
		}
		s.top().want = wantComma
	case ':':
		s.top().want = wantValue
	case ',':
		s.separate()
	case '"':
		return s.text(text, i)
	case '/':
		return s.comment(text, i)
	default:
		s.top().want = wantComma
	}
	return 1
}

func (s *scanned) enter(bracket byte, at int) int {
	if len(s.frames) > maxDepth {
		s.deep, s.at = true, at
		return 0
	}
	next := frame{bracket: bracket, at: at, want: wantValue}
	if bracket == '{' {
		next.want = wantKey
	}
	s.frames = append(s.frames, next)
	return 1
}

func (s *scanned) separate() {
	s.top().want = wantValue
	if s.top().bracket == '{' {
		s.top().want = wantKey
	}
}

func (s *scanned) text(text []byte, i int) int {
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\\':
			j++
		case '"':
			if s.top().want == wantKey {
				s.top().want = wantColon
			} else {
				s.top().want = wantComma
			}
			return j + 1 - i
		}
	}
	s.open, s.at = '"', i
	return 0
}

func (s *scanned) comment(text []byte, i int) int {
	rest := text[i:]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			return end + 1
		}
		s.open, s.at = '/', i
		return 0
	case bytes.HasPrefix(rest, []byte("/*")):
		if end := bytes.Index(rest[2:], []byte("*/")); end >= 0 {
			return end + 4
		}
		s.open, s.at = '*', i
		return 0
	}
	return 1
}
