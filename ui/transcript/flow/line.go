package flow

import "bytes"

// A line under construction. The buffer is used again for every line.
type line struct {
	lines []string
	buf   []byte
	cells int
	sgr   string
}

func (l *line) write(text, sgr string, cells int) {
	if sgr != l.sgr {
		l.close()
		l.buf = append(l.buf, sgr...)
		l.sgr = sgr
	}
	l.buf = append(l.buf, text...)
	l.cells += cells
}

func (l *line) close() {
	if l.sgr != "" {
		l.buf = append(l.buf, reset...)
		l.sgr = ""
	}
}

func (l *line) feed() {
	l.buf = bytes.TrimRight(l.buf, " ")
	l.close()
	l.lines = append(l.lines, string(l.buf))
	l.buf, l.cells = l.buf[:0], 0
}

// split writes text grapheme by grapheme, feeding the line when it is full.
func (l *line) split(text, sgr string, width int) {
	for len(text) > 0 {
		g, w := cluster(text)
		text = text[len(g):]
		if w > width {
			g, w = "?", 1 // a wide character in a window of one cell
		}
		if l.cells+w > width {
			l.feed()
		}
		l.write(g, sgr, w)
	}
}
