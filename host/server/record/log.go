package record

import (
	"strings"
	"sync"
	"time"

	"switchboard/host/clean"
)

// The bounds of a [Log].
const (
	MaxLines    = 2000
	MaxLine     = 8 << 10 // bytes kept of a line
	maxLogBytes = 1 << 20
	lineCost    = 100 // bytes of a line besides its text
	linesPerSec = 200
	lineBurst   = 1000
)

// A Source says where a line of a log came from.
type Source string

// The sources of log lines.
const (
	Stderr Source = "stderr"
	Stdout Source = "stdout" // noise between the messages
	MCP    Source = "mcp"    // notifications/message
)

// A Line is one line that a server said beside the protocol.
type Line struct {
	At     time.Time
	Source Source
	Level  string // of [MCP]: debug … emergency; "" for the others
	Logger clean.Text
	Text   clean.Text
}

// A Log keeps the newest lines: at most 2,000, 8 KiB each and 1 MiB in all. Of a
// source in a hurry it takes 1,000 lines at once and 200 a second and counts the
// others as dropped.
type Log struct {
	ring *Ring[Line]

	mu      sync.Mutex
	tokens  float64
	filled  time.Time
	dropped int
}

// NewLog makes an empty log.
func NewLog() *Log {
	return &Log{ring: NewRing[Line](MaxLines, maxLogBytes), tokens: lineBurst, filled: time.Now()}
}

// Add keeps a line and tells whether it did. At is set if it is zero. The text
// must be masked already.
func (l *Log) Add(line Line) bool {
	if line.At.IsZero() {
		line.At = time.Now()
	}
	if !l.admit(line.At) {
		return false
	}
	raw := line.Text.Raw()
	if len(raw) > MaxLine {
		raw = strings.Clone(string(whole([]byte(raw[:MaxLine])))) + "…"
		line.Text = clean.Foreign(raw)
	}
	l.ring.Add(line, len(raw)+len(line.Logger.Raw())+lineCost)
	return true
}

// admit takes a token out of the bucket.
func (l *Log) admit(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if gone := now.Sub(l.filled); gone > 0 {
		l.tokens = min(lineBurst, l.tokens+gone.Seconds()*linesPerSec)
		l.filled = now
	}
	if l.tokens < 1 {
		l.dropped++
		return false
	}
	l.tokens--
	return true
}

// Hasty is how many lines came too fast to be kept.
func (l *Log) Hasty() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dropped
}

// All gives the lines, oldest first, and how many are gone, the hasty among them.
func (l *Log) All() ([]Line, int) {
	lines, old := l.ring.All()
	return lines, old + l.Hasty()
}
