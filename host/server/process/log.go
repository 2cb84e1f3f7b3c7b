package process

import (
	"bytes"
	"io"
	"sync"
)

const (
	maxLogLine  = 16 << 10  // of one line; the rest of it is dropped
	maxLogBytes = 256 << 10 // of all lines kept
	lineCost    = 16        // bytes that even an empty line counts for
)

// A Log keeps the last lines of a stream: at most 256 KiB, each line at most
// 16 KiB. It is safe for concurrent use.
type Log struct {
	// Changed is called after a line was added; nil for nobody. It must not block.
	Changed func()
	// Each is called with every line, already cut, and gives what is kept in its
	// place; nil keeps lines as they are. It must not block for long.
	Each func(line string) string

	mu    sync.Mutex
	lines []string
	size  int
	total int
}

// Add appends one line. The text is copied, so that the rest of a long one can go.
func (l *Log) Add(line []byte) {
	text := string(line[:min(len(line), maxLogLine)])
	if len(line) > maxLogLine {
		text += "…"
	}
	if l.Each != nil {
		text = l.Each(text)
	}
	l.add(text)
	if l.Changed != nil {
		l.Changed()
	}
}

func (l *Log) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total++
	l.lines = append(l.lines, line)
	l.size += len(line) + lineCost
	for l.size > maxLogBytes {
		l.size -= len(l.lines[0]) + lineCost
		l.lines[0] = ""
		l.lines = l.lines[1:]
	}
}

// Total is how many lines there ever were.
func (l *Log) Total() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.total
}

// Tail gives the last lines, at most n.
func (l *Log) Tail(n int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.lines[max(0, len(l.lines)-n):]...)
}

// drain adds every line of r until r ends; it never stops earlier, so that the
// writer at the other end is never blocked.
func (l *Log) drain(r io.Reader) {
	var line []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		rest := buf[:n]
		for {
			head, tail, found := bytes.Cut(rest, []byte("\n"))
			line = appendCapped(line, head)
			if !found {
				break
			}
			l.Add(bytes.TrimRight(line, "\r"))
			line, rest = line[:0], tail
		}
		if err != nil {
			if len(line) > 0 {
				l.Add(bytes.TrimRight(line, "\r"))
			}
			return
		}
	}
}

func appendCapped(line, more []byte) []byte {
	return append(line, more[:min(len(more), maxLogLine+1-len(line))]...)
}
