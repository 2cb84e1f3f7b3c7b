package config

import (
	"bytes"
	"fmt"

	"github.com/tailscale/hujson"
)

const (
	// maxDepth bounds how deep values may nest; the parser below is recursive.
	maxDepth = 64
	// maxSlips bounds how many missing commas are put in; a text with more is
	// something else.
	maxSlips = 20
)

// A slip is a syntax error. Only the values that hold its offset are lost; the
// problem may point further in, at the very character.
type slip struct {
	at int
	Problem
}

// syntax parses the text. Missing commas are put in; after any other error it
// gives what stood before, its open brackets closed; nil when that is nothing.
func (r *reader) syntax(text []byte) *hujson.Value {
	if s := scan(text); s.deep {
		r.addSlip(s.at, Problem{At: r.position(s.at), Message: fmt.Sprintf("brackets are nested more than %d deep", maxDepth)})
		r.cut = s.at
		return nil
	}
	// A comment on the last line may end with the file.
	text = append(bytes.Clone(text), '\n')
	for {
		root, err := hujson.Parse(text)
		if err == nil {
			r.nameSlips(&root)
			return &root
		}
		at := r.offset(err, lineStarts(text))
		s := scan(text[:at])
		if s.open != 0 {
			at = s.at // the parser noticed too late: point at where the text or comment begins
		}
		offset, message, hint := explain(text[:r.size], at, s)
		r.addSlip(at, Problem{At: r.position(offset), Message: message, Hint: hint})
		if len(r.slips) > maxSlips || !putComma(text[:r.size], at, s) {
			return r.salvage(text[:at], at, s)
		}
	}
}

func (r *reader) addSlip(at int, p Problem) { r.slips = append(r.slips, slip{at, p}) }

// offset finds the place of a parser's error, which the parser only prints. lines
// are those of the text that it was given: a comma may stand for a line break.
func (r *reader) offset(err error, lines []int) int {
	var line, column int
	if _, e := fmt.Sscanf(err.Error(), "hujson: line %d, column %d:", &line, &column); e != nil || line > len(lines) {
		return r.size
	}
	return min(lines[line-1]+column-1, r.size)
}

// putComma puts a comma in place of the white space before at, if one is all that
// is missing there. No offset changes.
func putComma(text []byte, at int, s scanned) bool {
	f := s.top()
	if at == 0 || at >= len(text) || s.open != 0 || f.want != wantComma {
		return false
	}
	next := text[at]
	if f.bracket == 0 || next != '"' && (f.bracket != '[' || next != '{' && next != '[') {
		return false
	}
	switch text[at-1] {
	case ' ', '\t':
	case '\n':
		line := text[bytes.LastIndexByte(text[:at-1], '\n')+1 : at-1]
		if bytes.Contains(line, []byte("//")) {
			return false // the line break may be the end of a comment
		}
	default:
		return false
	}
	text[at-1] = ','
	return true
}

// salvage parses what stands before the error, closed.
func (r *reader) salvage(before []byte, cut int, s scanned) *hujson.Value {
	r.cut = cut
	closers := s.closers()
	for _, filler := range []string{"", "null", ":null"} {
		root, err := hujson.Parse(append(bytes.Clone(before), "\n"+filler+closers...))
		if err == nil {
			r.nameSlips(&root)
			return &root
		}
	}
	return nil
}

// nameSlips finds the innermost value that each slip fell into.
func (r *reader) nameSlips(root *hujson.Value) {
	for i := range r.slips {
		r.slips[i].Key = pathAt(node{r: r, v: root}, r.slips[i].at)
	}
}

func pathAt(n node, at int) string {
	switch v := n.v.Value.(type) {
	case *hujson.Object:
		for i := range v.Members {
			if m := n.member(&v.Members[i]); n.r.holds(m.v, at) {
				return pathAt(m.node, at)
			}
		}
	case *hujson.Array:
		for i := range v.Elements {
			if n.r.holds(&v.Elements[i], at) {
				return pathAt(n.element(i, &v.Elements[i]), at)
			}
		}
	}
	return n.key
}

// holds tells whether a slip at an offset fell into the value. What begins behind
// the cut is a filler for what was lost there.
func (r *reader) holds(v *hujson.Value, at int) bool {
	return v.EndOffset > at && (v.StartOffset <= at || v.StartOffset >= r.cut)
}

// slipIn gives the first slip that fell into the value.
func (r *reader) slipIn(v *hujson.Value) *Problem {
	for _, s := range r.slips {
		if r.holds(v, s.at) {
			return &s.Problem
		}
	}
	return nil
}
