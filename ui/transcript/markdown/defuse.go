package markdown

import "bytes"

// maxMarkers is how many block markers a line may begin with. Nobody nests that
// deep; a thousand of them on a line cost the parser seconds.
const maxMarkers = 32

// defuse replaces what follows an absurd number of block markers on one line by
// spaces of the same length, so that positions stay. It returns source itself
// when there is nothing to defuse.
func defuse(source []byte) []byte {
	out := source
	for start := 0; start < len(source); {
		end := len(source)
		if i := bytes.IndexByte(source[start:], '\n'); i >= 0 {
			end = start + i
		}
		if from, to := excess(source[start:end]); from < to {
			if &out[0] == &source[0] {
				out = bytes.Clone(source)
			}
			blank(out[start+from : start+to])
		}
		start = end + 1
	}
	return out
}

// excess finds the block markers of a line that are one too many.
func excess(line []byte) (from, to int) {
	markers := 0
	i := 0
	for ; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case c == '>' || c == '-' || c == '+' || c == '*' || c == '.' || c == ')':
			if markers++; markers == maxMarkers {
				from = i
			}
		default:
			return bounds(markers, from, i)
		}
	}
	return bounds(markers, from, i)
}

func bounds(markers, from, to int) (int, int) {
	if markers < maxMarkers {
		return 0, 0
	}
	return from, to
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}
