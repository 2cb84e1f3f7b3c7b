// Package transcript is the conversation on the screen: a list of items of which
// only the window is drawn.
package transcript

import (
	"time"

	"switchboard/host"
	"switchboard/theme"
)

// A Transcript is the conversation as the person sees it.
type Transcript struct {
	theme         theme.Theme
	width, height int
	following     bool
}

// New makes an empty transcript. It draws nothing before [Transcript.Resize].
func New(t theme.Theme) *Transcript { return &Transcript{theme: t, following: true} }

// Resize sets the size of the window in cells.
func (t *Transcript) Resize(width, height int) { t.width, t.height = width, height }

// SetTheme changes every style.
func (t *Transcript) SetTheme(th theme.Theme) { t.theme = th }

// Apply takes what the host tells; events that belong to no conversation are ignored.
func (t *Transcript) Apply(e host.Event, now time.Time) {}

// Tick moves the elapsed times of running calls on.
func (t *Transcript) Tick(now time.Time) {}

// Animated tells whether anything moves and [Transcript.Tick] is needed.
func (t *Transcript) Animated() bool { return false }

// ScrollLines moves the window by n lines, down when positive.
func (t *Transcript) ScrollLines(n int) {}

// ScrollPages moves the window by a part of its height.
func (t *Transcript) ScrollPages(f float64) {}

// Top shows the beginning.
func (t *Transcript) Top() {}

// Bottom shows the end and follows it.
func (t *Transcript) Bottom() { t.following = true }

// Following tells whether the window moves with the end.
func (t *Transcript) Following() bool { return t.following }

// Below counts the lines below the window.
func (t *Transcript) Below() int { return 0 }

// Select moves the selection by delta items.
func (t *Transcript) Select(delta int) {}

// ClearSelection selects nothing.
func (t *Transcript) ClearSelection() {}

// ToggleSelected unfolds or folds the selected item.
func (t *Transcript) ToggleSelected() {}

// ToggleAll unfolds or folds every call.
func (t *Transcript) ToggleAll() {}

// Selected gives the source of the selected item, cleaned, for copying.
func (t *Transcript) Selected() (text string, ok bool) { return "", false }

// View draws the window: exactly height lines of at most width cells. The slice
// is valid until the next call.
func (t *Transcript) View() []string { return make([]string, t.height) }

// Plain is the whole conversation as plain text.
func (t *Transcript) Plain() string { return "" }
