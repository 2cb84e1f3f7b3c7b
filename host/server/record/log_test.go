package record_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"switchboard/host/clean"
	"switchboard/host/server/record"
)

func lineOf(text string) record.Line {
	return record.Line{Source: record.Stderr, Text: clean.Foreign(text)}
}

// A source in a hurry gets 1,000 lines at once and 200 a second.
func TestLogRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := record.NewLog()
		add := func(n int) (kept int) {
			for i := range n {
				if l.Add(lineOf(fmt.Sprint(i))) {
					kept++
				}
			}
			return kept
		}
		if kept := add(5000); kept != 1000 {
			t.Errorf("%d lines kept of a burst", kept)
		}
		time.Sleep(500 * time.Millisecond)
		if kept := add(5000); kept != 100 {
			t.Errorf("%d lines kept after half a second", kept)
		}
		if l.Hasty() != 8900 {
			t.Errorf("%d lines counted as dropped", l.Hasty())
		}
		time.Sleep(time.Hour)
		if kept := add(5000); kept != 1000 {
			t.Errorf("%d lines kept after an hour", kept)
		}
		lines, dropped := l.All()
		if len(lines) != 2000 || dropped != 15_000-2000 {
			t.Errorf("%d lines, %d dropped", len(lines), dropped)
		}
		if last := lines[len(lines)-1]; last.Text.Raw() != "999" || !last.At.Equal(time.Now()) {
			t.Errorf("the last line is %+v", last)
		}
	})
}

func TestLogBounds(t *testing.T) {
	t.Parallel()
	l := record.NewLog()
	for range 900 {
		l.Add(lineOf(strings.Repeat("é", 10_000)))
	}
	lines, dropped := l.All()
	size := 0
	for _, line := range lines {
		raw := line.Text.Raw()
		size += len(raw)
		if len(raw) > record.MaxLine+len("…") || !utf8.ValidString(raw) {
			t.Fatalf("a line of %d bytes", len(raw))
		}
	}
	if size > 1<<20 || len(lines)+dropped != 900 {
		t.Errorf("%d lines of %d bytes, %d dropped", len(lines), size, dropped)
	}
}
