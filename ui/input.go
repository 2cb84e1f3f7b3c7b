package ui

import (
	"io"
	"os"
)

// Input reads keys from r for a program, without what would crash it: the decoder
// of bubbletea v2.0.10 panics, outside of any recovery, at a control sequence with
// more than 32 parameters, and a paste may hold one. A file stays a file, so that
// the terminal can be switched to raw mode.
func Input(r io.Reader) io.Reader {
	if f, ok := r.(*os.File); ok {
		return &guardedFile{File: f}
	}
	return &guardedReader{r: r}
}

type guardedFile struct {
	*os.File
	guard parameterGuard
}

// Read reads keys.
func (g *guardedFile) Read(p []byte) (int, error) { return g.guard.read(g.File, p) }

type guardedReader struct {
	r     io.Reader
	guard parameterGuard
}

// Read reads keys.
func (g *guardedReader) Read(p []byte) (int, error) { return g.guard.read(g.r, p) }

// maxParameters is how many parameters of a sequence get through; no key has as
// many as ten.
const maxParameters = 24

// A parameterGuard drops the parameters of control sequences that no terminal
// sends. It keeps its place in a sequence from one read to the next.
type parameterGuard struct {
	state      guardState
	parameters int
	tail       int // bytes of a UTF-8 character still to come
}

type guardState int

const (
	inText guardState = iota
	afterEscape
	inSequence // its parameters
)

// read reads until there is something to hand on.
func (g *parameterGuard) read(r io.Reader, p []byte) (int, error) {
	for {
		n, err := r.Read(p)
		kept := g.filter(p[:n])
		if kept > 0 || err != nil || n == 0 {
			return kept, err
		}
	}
}

// filter drops bytes of p in place and tells how many are left.
func (g *parameterGuard) filter(p []byte) int {
	kept := 0
	for _, b := range p {
		if g.passes(b) {
			p[kept] = b
			kept++
		}
	}
	return kept
}

func (g *parameterGuard) passes(b byte) bool {
	switch {
	case b == 0x1b:
		g.state, g.tail = afterEscape, 0
	case g.state == afterEscape && (b == '[' || b == 'P'), b == 0x9b && g.tail == 0, b == 0x90 && g.tail == 0:
		g.state, g.parameters = inSequence, 0
	case g.state == inSequence && b >= '0' && b <= '?':
		if b == ';' || b == ':' {
			g.parameters++
		}
		return g.parameters < maxParameters
	default:
		g.state = inText
		g.character(b)
	}
	return true
}

// character follows UTF-8, in whose characters a control byte means nothing.
func (g *parameterGuard) character(b byte) {
	switch {
	case b >= 0xf0:
		g.tail = 3
	case b >= 0xe0:
		g.tail = 2
	case b >= 0xc0:
		g.tail = 1
	case b >= 0x80:
		g.tail = max(0, g.tail-1)
	default:
		g.tail = 0
	}
}
