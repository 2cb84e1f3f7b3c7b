// Package composer is the input: several lines, a history, pastes kept whole and
// a draft that nothing but the person throws away.
package composer

import (
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"switchboard/theme"
)

const (
	// MaxRows is how many rows the input grows to before it scrolls.
	MaxRows = 6
	// maxContent bounds the draft, in rows; longer text goes in as a paste.
	maxContent = 2000
	// promptWidth is the width of the prompt before every row.
	promptWidth = 3
)

// An Action is what a key in the composer amounts to.
type Action struct {
	// Send is the text to send, chips expanded; empty for nothing.
	Send string
}

// A Composer is the input with its history.
type Composer struct {
	area    textarea.Model
	history history
	chips   chips
	menu    menu
	theme   theme.Theme
	width   int
	rows    []string // what is on the screen; nil after a change
}

// New makes an empty composer.
func New(t theme.Theme) *Composer {
	a := textarea.New()
	a.ShowLineNumbers = false
	a.SetVirtualCursor(false)
	a.DynamicHeight = true
	a.MinHeight, a.MaxHeight, a.MaxContentHeight = 1, MaxRows, maxContent
	a.MaxWidth = 0
	a.SetPromptFunc(promptWidth, prompt)
	a.KeyMap = keyMap()
	a.Focus()
	c := &Composer{area: a}
	c.SetTheme(t)
	return c
}

func prompt(i textarea.PromptInfo) string {
	if i.LineNumber == 0 {
		return " ❯ "
	}
	return "   "
}

// keyMap is the textarea's without the keys that have another meaning here: Enter
// sends, and the terminal pastes, not we.
func keyMap() textarea.KeyMap {
	k := textarea.DefaultKeyMap()
	k.InsertNewline.SetKeys("ctrl+j")
	k.Paste.SetEnabled(false)
	k.PageUp.SetEnabled(false)
	k.PageDown.SetEnabled(false)
	k.TransposeCharacterBackward.SetEnabled(false)
	k.CopySelection.SetEnabled(false)
	return k
}

// SetTheme changes the colours.
func (c *Composer) SetTheme(t theme.Theme) {
	c.theme = t
	focused := textarea.StyleState{
		Text: t.Text, Prompt: t.You, Placeholder: t.Faint, CursorLine: t.Text, Selection: t.Selected,
	}
	blurred := focused
	blurred.Text, blurred.CursorLine, blurred.Prompt = t.Muted, t.Muted, t.Faint
	c.area.SetStyles(textarea.Styles{Focused: focused, Blurred: blurred, Cursor: textarea.CursorStyle{Shape: tea.CursorBar}})
	c.rows = nil
}

// Resize sets the width in cells.
func (c *Composer) Resize(w int) {
	if w > promptWidth && w != c.width {
		c.width, c.rows = w, nil
		c.area.SetWidth(w)
	}
}

// SetPlaceholder sets what an empty composer says.
func (c *Composer) SetPlaceholder(s string) {
	if c.area.Placeholder != s {
		c.area.Placeholder, c.rows = s, nil
	}
}

// Focus gives the composer the cursor.
func (c *Composer) Focus() { c.area.Focus(); c.rows = nil }

// Blur takes the cursor away; the draft stays.
func (c *Composer) Blur() { c.area.Blur(); c.rows = nil }

// Press takes a key.
func (c *Composer) Press(k tea.KeyPressMsg) Action {
	defer c.changed()
	if c.menu.open() {
		if a, done := c.choose(k.String()); done {
			return a
		}
	}
	switch k.String() {
	case "enter":
		return c.enter()
	case "shift+enter", "alt+enter", "ctrl+enter":
		c.area.InsertString("\n")
	case "up":
		c.up(k)
	case "down":
		c.down(k)
	case "backspace", "ctrl+h":
		c.backspace(k)
	default:
		c.update(k)
	}
	return Action{}
}

// choose takes the keys that work on the open menu. Enter sends what is chosen,
// unless something should follow it.
func (c *Composer) choose(key string) (a Action, done bool) {
	switch key {
	case "up":
		c.menu.move(-1)
	case "down":
		c.menu.move(1)
	case "enter":
		o, ok := c.menu.pick()
		if !ok || o.text == c.Draft() {
			return Action{}, false
		}
		c.Complete()
		if o.more {
			return Action{}, true
		}
		return c.enter(), true
	default:
		return Action{}, false
	}
	return Action{}, true
}

func (c *Composer) update(msg tea.Msg) { c.area, _ = c.area.Update(msg) }

// enter sends the draft. A backslash right before the cursor makes it a new line
// instead.
func (c *Composer) enter() Action {
	if strings.HasSuffix(c.beforeCursor(), `\`) {
		c.update(tea.KeyPressMsg{Code: tea.KeyBackspace})
		c.area.InsertString("\n")
		return Action{}
	}
	draft := c.area.Value()
	if strings.TrimSpace(draft) == "" {
		return Action{}
	}
	c.history.add(draft)
	c.area.Reset()
	return Action{Send: c.chips.expand(draft)}
}

// beforeCursor is the text of the cursor's line up to the cursor.
func (c *Composer) beforeCursor() string {
	lines := strings.Split(c.area.Value(), "\n")
	if c.area.Line() >= len(lines) {
		return ""
	}
	r := []rune(lines[c.area.Line()])
	return string(r[:min(c.area.Column(), len(r))])
}

// Clear empties the composer; up brings the draft back.
func (c *Composer) Clear() {
	if !c.Empty() {
		c.history.add(c.area.Value())
	}
	c.area.Reset()
	c.changed()
}

// Empty tells whether there is no draft.
func (c *Composer) Empty() bool { return c.area.Value() == "" }

// SetDraft replaces the draft; up brings the old one back.
func (c *Composer) SetDraft(text string) {
	c.Clear()
	c.area.SetValue(text)
	c.area.MoveToEnd()
	c.menu.closed = text // it was not typed
	c.changed()
}

// Draft is the text in the composer, chips not expanded.
func (c *Composer) Draft() string { return c.area.Value() }

// Height is how many rows the composer takes, its menu included.
func (c *Composer) Height() int { return max(1, c.area.Height()) + c.menu.rows() }

// View draws the composer. It is drawn anew only after a change.
func (c *Composer) View() []string {
	if c.rows == nil {
		c.rows = strings.Split(c.area.View(), "\n")
		if c.menu.open() {
			c.rows = append(c.rows, c.menu.view(c.theme, c.width)...)
		}
	}
	return c.rows
}

// Cursor is where the cursor stands, counted from the composer's upper left
// corner; nil without the focus.
func (c *Composer) Cursor() *tea.Cursor { return c.area.Cursor() }
