package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// authorityCommands are those about what may go through.
func authorityCommands() []command {
	return []command{
		{name: "grants", args: "[WORDS]", help: "what is allowed and denied, by whom, and take it back", run: func(m *Model, words string) tea.Cmd { return m.openSheet("grants", words) }},
		{name: "mode", args: "ask | read-only | auto", help: "what happens to calls that no rule decides about", words: modeNames, run: (*Model).modeCommand},
		{name: "trust", args: "SERVER [new | known | trusted | refused]", help: "promote a server, or refuse it", words: (*Model).serverNames, run: (*Model).trustCommand},
		{name: "gate", args: "SERVER [off]", help: "look at a server's results before the model does", words: (*Model).serverNames, run: (*Model).gateCommand},
	}
}

func modeNames(*Model) []string {
	var names []string
	for _, mode := range host.Modes() {
		names = append(names, string(mode))
	}
	return names
}

// modeCommand changes the mode, or tells it.
func (m *Model) modeCommand(words string) tea.Cmd {
	for _, mode := range host.Modes() {
		if string(mode) == words {
			m.do(host.SetMode{Mode: mode})
			return nil
		}
	}
	m.say("the mode is " + string(m.mode) + ": /mode ask, /mode read-only or /mode auto")
	return nil
}

// levels are the words for trust, and what they mean to the host.
var levels = map[string]host.TrustLevel{
	"new": host.TrustNew, "known": host.TrustKnown, "trusted": host.TrustFull, "refused": host.TrustRefused,
}

// trustCommand promotes a server by one step where no level is named: what is new
// becomes known.
func (m *Model) trustCommand(words string) tea.Cmd {
	name, level, _ := cutLast(words)
	trust, known := levels[level]
	if !known {
		name, trust = words, host.TrustKnown
	}
	if name = m.serverCalled(name); name == "" {
		m.say("say which: /trust SERVER, then new, known, trusted or refused")
		return nil
	}
	m.do(host.SetTrust{Server: name, Trust: trust})
	return nil
}

// gateCommand has a server's results shown first, or not any more.
func (m *Model) gateCommand(words string) tea.Cmd {
	name, last, _ := cutLast(words)
	on := last != "off"
	if on {
		name = words
	}
	if name = m.serverCalled(name); name == "" {
		m.say("say which: /gate SERVER, or /gate SERVER off")
		return nil
	}
	m.do(host.GateResults{Server: name, On: on})
	return nil
}

// serverCalled is the server of a name as it is shown; "" for none.
func (m *Model) serverCalled(shown string) string {
	for _, name := range m.pane.Names() {
		if clean.Line(name) == shown {
			return name
		}
	}
	return ""
}

// cutLast takes the last word off.
func cutLast(words string) (rest, last string, more bool) {
	i := strings.LastIndex(words, " ")
	if i < 0 {
		return "", words, false
	}
	return strings.TrimSpace(words[:i]), words[i+1:], true
}

// authority takes what the host tells of the mode and of trust.
func (m *Model) authority(e host.Event) {
	switch e := e.(type) {
	case host.ModeChanged:
		m.mode = e.Mode
	case host.TrustChanged:
		before, told := m.trust[e.Server]
		m.trust[e.Server] = e
		if told && before != e {
			m.say(clean.Line(e.Server) + " is " + trustWords(e))
		}
	}
}

func trustWords(e host.TrustChanged) string {
	said := "new: every call of it asks"
	switch e.Trust {
	case host.TrustKnown:
		said = "known: rules may allow its calls"
	case host.TrustFull:
		said = "trusted"
	case host.TrustRefused:
		said = "refused: every call of it is denied"
	}
	if e.Gate {
		said += "; you see its results first"
	}
	return said
}

// modeText is the mode for the status line; asking, which is what one expects, is
// not told.
func (m *Model) modeText() string {
	switch m.mode {
	case host.ModeAuto:
		return m.theme.Warn.Render("auto: trusted servers are not asked about")
	case host.ModeReadOnly:
		return m.theme.Accent.Render("read-only")
	}
	return ""
}

// notify calls a person who looks elsewhere: by the bell, and by the two escape
// sequences for notifications that terminals know. Nothing of a server or a model
// is in it.
func (m *Model) notify() tea.Cmd {
	text := "Switchboard: " + amount.Count(m.tray.Len(), "question") + " for you"
	return tea.Raw("\a\x1b]9;" + text + "\x1b\\\x1b]777;notify;Switchboard;" + text + "\x1b\\")
}
