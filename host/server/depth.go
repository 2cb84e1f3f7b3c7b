package server

// maxDepth bounds the nesting of a message: what reads JSON recursively is not to
// be led down without end.
const maxDepth = 128

// nesting follows the depth of JSON that comes in pieces. The zero value is
// outside of everything.
type nesting struct {
	depth    int
	inString bool
	escaped  bool // the last byte was a backslash in a string
}

// deeper takes the next bytes and tells whether they lead too deep. What is no
// JSON may be counted as anything.
func (n *nesting) deeper(p []byte) bool {
	for _, b := range p {
		switch {
		case n.escaped:
			n.escaped = false
		case b == '"':
			n.inString = !n.inString
		case n.inString:
			n.escaped = b == '\\'
		case b == '{', b == '[':
			if n.depth++; n.depth > maxDepth {
				return true
			}
		case b == '}', b == ']':
			n.depth = max(0, n.depth-1)
		}
	}
	return false
}

// deep tells whether a whole text leads too deep.
func deep(text []byte) bool {
	n := nesting{}
	return n.deeper(text)
}
