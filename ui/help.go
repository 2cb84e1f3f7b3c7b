package ui

import (
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// A binding is a key and what it does, for help and hints.
type binding struct{ key, does string }

// hints are the keys of the status line, the most useful first. Only keys that
// work at this moment are named.
func (m *Model) hints() []binding {
	switch {
	case m.replay && m.focus == onComposer && m.overlay == noOverlay:
		return m.replayHints()
	case m.focus == onTray, m.focus == onSheet:
		return nil // they name their own keys
	case m.focus == onServers:
		return m.serverHints()
	case m.overlay != noOverlay:
		return m.overlayHints()
	case m.selecting():
		return []binding{{"ctrl+y", "copy"}, {"ctrl+o", "unfold"}, {"esc", "back"}}
	case m.turn.stopped:
		return []binding{{"f1", "help"}}
	case m.tray.Len() > 0 && m.turn.running:
		return []binding{{"ctrl+t", "answer"}, {"esc", "stop"}, {"f1", "help"}}
	case m.turn.running:
		return []binding{{"esc", "stop"}, {"enter", "steer"}, {"f1", "help"}}
	case !m.composer.Empty():
		return []binding{{"enter", "send"}, {"ctrl+j", "new line"}, {"f1", "help"}}
	}
	return []binding{{"?", "help"}, {"tab", "servers"}}
}

func (m *Model) overlayHints() []binding {
	keys := []binding{{"esc", "close"}}
	if m.overlayRest() > 0 {
		keys = append(keys, binding{"pgdn", "more"})
	}
	return keys
}

func (m *Model) serverHints() []binding {
	if m.overlay == inspectorOverlay {
		return []binding{{"esc", "back"}, {"1-7", "tabs"}, {"[ ]", "other server"}, {"f1", "help"}}
	}
	keys := []binding{{"enter", "inspect"}}
	if s, ok := m.pane.Chosen(); ok {
		for _, k := range servers.Controls(s) {
			if k.Key == "d" || k.Key == "r" || k.Key == "s" || k.Key == "u" {
				keys = append(keys, binding{k.Key, k.Does})
			}
		}
	}
	return append(keys, binding{"esc", "back"})
}

// A chapter is a part of the help.
type chapter struct {
	title string
	keys  []binding
}

// chapters are the keys that work now, by what one wants to do.
func (m *Model) chapters() []chapter {
	all := []chapter{
		{"write", []binding{
			{"enter", m.enterWord()},
			{"ctrl+j", "new line; shift+enter, alt+enter and \\ enter too"},
			{"up, down", "what was sent before, from the first or last row"},
			{"/", "commands; tab completes"},
			{"/undo, /retry", "the last turn off, or again; see also /edit, /resume, /export"},
		}},
		{"read", []binding{
			{"pgup, pgdn", "scroll; with shift half a page"},
			{"home, end", "beginning and end, while nothing is typed"},
			{"ctrl+up, ctrl+down", "select; shift+up, shift+down while nothing is typed"},
			{"ctrl+o", "unfold or fold what is selected, or all calls"},
			{"ctrl+y", "copy what is selected"},
			{"f9", m.mouseWord()},
		}},
	}
	if m.tray.Len() > 0 {
		all = append(all, chapter{"answer", []binding{
			{"ctrl+t, f2", "to the questions and back; nothing you type answers before that"},
			{"o, s, t, a", "allow once; this session, same or any arguments; always"},
			{"d, r, n", "deny; with a reason; for this session"},
			{"e, i", "change the arguments; what the server says of the tool"},
			{"enter, ?", "unfold long values; name every key"},
		}})
	}
	if m.pane.Len() > 0 {
		all = append(all, chapter{"servers", []binding{
			{"tab, f3", "to the servers and back; tab while nothing is typed"},
			{"enter", "look into one, as /servers NAME does"},
			{"r, s, t", "restart, stop, restart with twice the time"},
			{"d, D", "disable or enable; D in the configuration too"},
			{"/tools", "all tools: space and S turn them off"},
			{"o, e, u", "open its log, edit its entry, trust it"},
			{"/reload", "read the configuration again, as a change of its file does"},
			{"/collisions", "names that several of them offer, and who takes them"},
		}})
	}
	all = append(all, chapter{"leave", m.leaveKeys()})
	if m.model.Name != "" && m.model.Why != "" {
		answers := clean.Line(m.model.Provider + " " + m.model.Name + ": " + m.model.Why)
		all = append(all, chapter{"model", []binding{{"answers", answers}}})
	}
	return all
}

func (m *Model) leaveKeys() []binding {
	keys := []binding{{"ctrl+c", "clears the draft, stops the turn, twice quits"}, {"ctrl+z", "back to the shell, fg returns"}}
	if m.turn.running {
		return append([]binding{{"esc", "stops the turn"}}, keys...)
	}
	return keys
}

func (m *Model) enterWord() string {
	if m.turn.running {
		return "hand the model this at its next step; up takes it back"
	}
	return "send"
}

func (m *Model) mouseWord() string {
	if m.noMouse {
		return "give the wheel back to the conversation"
	}
	return "let the mouse select text, as shift and drag often do"
}

// keyColumn is how wide the keys are in the help.
const keyColumn = 19

// help is the overlay in lines of w cells; without blank lines and indents where
// it would not fit into h rows with them.
func (m *Model) help(w, h int) []string {
	roomy := m.helpRows(w, true)
	if len(roomy) <= h {
		return roomy
	}
	return m.helpRows(w, false)
}

func (m *Model) helpRows(w int, roomy bool) []string {
	var out []string
	for _, c := range m.chapters() {
		if roomy && len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, m.theme.Strong.Render(c.title))
		for _, k := range c.keys {
			out = append(out, m.helpRow(k, w)...)
		}
	}
	return out
}

// helpRow is one key. What it does wraps beside it.
func (m *Model) helpRow(k binding, w int) []string {
	column := min(keyColumn, max(8, w*2/5))
	key := m.theme.Key.Render(cells.Fit(k.key, column))
	var out []string
	for _, l := range cells.Wrap(k.does, max(8, w-column-5)) {
		out = append(out, "  "+key+"  "+m.theme.Muted.Render(l))
		key = strings.Repeat(" ", column)
	}
	return out
}
