package config

import (
	"bytes"
	"fmt"

	"github.com/tailscale/hujson"
)

// maxDepth bounds how deep values may nest; the parser below is recursive.
const maxDepth = 64

// syntax parses the text. After a syntax error it gives what stood before the
// error, its open brackets closed; nil when that is nothing.
func (r *reader) syntax(text []byte) *hujson.Value {
	s := scan(text)
	if s.deep {
		r.breakAt(s.at, "brackets are nested more than 64 deep", "")
		return nil
	}
	// A comment on the last line may end with the file.
	root, err := hujson.Parse(append(bytes.Clone(text), '\n'))
	if err == nil {
		return &root
	}
	at := min(errorOffset(err, r.lines), len(text))
	s = scan(text[:at])
	if s.open != 0 {
		at = s.at // the parser noticed too late: point at where the text or comment begins
	}
	r.breakAt(explain(text, at, s))
	return r.salvage(text[:at], s)
}

func (r *reader) breakAt(at int, message, hint string) {
	r.cut = at
	r.broken = &Problem{At: r.position(at), Message: message, Hint: hint}
}

// errorOffset finds the place of a parser's error, which it only prints.
func errorOffset(err error, lines []int) int {
	var line, column int
	if _, e := fmt.Sscanf(err.Error(), "hujson: line %d, column %d:", &line, &column); e != nil || line > len(lines) {
		return 0
	}
	return lines[line-1] + column - 1
}

// salvage parses what stands before the error, closed.
func (r *reader) salvage(before []byte, s scanned) *hujson.Value {
	closers := s.closers()
	for _, filler := range []string{"", "null", ":null"} {
		text := append(bytes.Clone(before), "\n"+filler+closers...)
		root, err := hujson.Parse(text)
		if err != nil {
			continue
		}
		r.broken.Key = cutKey(node{r: r, v: &root})
		return &root
	}
	return nil
}

// cutKey is the path of the innermost value that the error cut off.
func cutKey(n node) string {
	switch v := n.v.Value.(type) {
	case *hujson.Object:
		if i := len(v.Members) - 1; i >= 0 && n.r.cutOff(&v.Members[i].Value) {
			return cutKey(n.member(&v.Members[i]).node)
		}
	case *hujson.Array:
		if i := len(v.Elements) - 1; i >= 0 && n.r.cutOff(&v.Elements[i]) {
			return cutKey(node{n.r, fmt.Sprintf("%s[%d]", n.key, i), &v.Elements[i]})
		}
	}
	return n.key
}
