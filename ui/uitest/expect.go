package uitest

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
)

// Expect waits until the text is on the screen.
func (d *Driver) Expect(text string) {
	d.t.Helper()
	if !d.until(func(s string) bool { return strings.Contains(s, text) }) {
		d.t.Fatalf("the screen never said %q:\n%s", text, d.Screen())
	}
}

// ExpectNot waits until the text is not on the screen.
func (d *Driver) ExpectNot(text string) {
	d.t.Helper()
	if !d.until(func(s string) bool { return !strings.Contains(s, text) }) {
		d.t.Fatalf("the screen still says %q:\n%s", text, d.Screen())
	}
}

// ExpectRow waits until one row holds all the pieces, in that order.
func (d *Driver) ExpectRow(pieces ...string) {
	d.t.Helper()
	found := d.until(func(s string) bool {
		for row := range strings.SplitSeq(s, "\n") {
			if inOrder(row, pieces) {
				return true
			}
		}
		return false
	})
	if !found {
		d.t.Fatalf("no row says %q:\n%s", pieces, d.Screen())
	}
}

func inOrder(row string, pieces []string) bool {
	for _, p := range pieces {
		_, rest, ok := strings.Cut(row, p)
		if !ok {
			return false
		}
		row = rest
	}
	return true
}

// until looks at the screen until ok is true or patience is over.
func (d *Driver) until(ok func(string) bool) bool {
	for waited := time.Duration(0); waited < patience; waited += frame {
		if ok(d.Screen()) {
			return true
		}
		d.Wait(frame)
	}
	return false
}

// Screen is what the terminal shows, without styles or blanks at the ends of rows.
func (d *Driver) Screen() string { return d.screen.plain() }

// Styled is what the terminal shows, with its styles.
func (d *Driver) Styled() string { return d.screen.styled() }

// Cursor is where the terminal's cursor stands; ok is false while it is hidden.
func (d *Driver) Cursor() (x, y int, ok bool) { return d.screen.cursor() }

// Title is the window's title.
func (d *Driver) Title() string { return d.screen.windowTitle() }

// Golden compares the screen with the file of the test's name.
func (d *Driver) Golden() {
	d.t.Helper()
	golden.RequireEqual(d.t, []byte(d.Screen()))
}

// Each runs a test at every size, as subtests named like 80x24.
func Each(t *testing.T, sizes []Size, f func(t *testing.T, size Size)) {
	t.Helper()
	for _, s := range sizes {
		t.Run(s.String(), func(t *testing.T) { t.Parallel(); f(t, s) })
	}
}
