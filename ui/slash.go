package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/host/near"
	"switchboard/ui/composer"
)

// A command is what a word behind a slash does.
type command struct {
	name string
	args string // what may follow, for the eye
	help string
	// words lists what may follow; nil for nothing in particular.
	words func(*Model) []string
	// run does it; the words behind the command have no white space around them.
	run func(m *Model, words string) tea.Cmd
	// hidden commands work and are not offered: other names for the same.
	hidden bool
}

// commands are all of them, in the order in which they are offered.
func commands() []command {
	all := []command{
		{name: "servers", args: "[NAME]", help: "look into a server", words: (*Model).serverNames, run: (*Model).serversCommand},
		{name: "tools", args: "[WORDS]", help: "what the model is offered, what it costs, turn it off or on", run: func(m *Model, words string) tea.Cmd { return m.openSheet("tools", words) }},
		{name: "model", args: "[NAME]", help: "see what models there are, and switch", words: (*Model).modelNames, run: (*Model).modelCommand},
		{name: "reload", help: "read the configuration again, as a change of its files does", run: func(m *Model, _ string) tea.Cmd { m.do(host.Reload{}); return nil }},
		{name: "call", args: "SERVER.TOOL KEY=VALUE …", help: "have the offline matcher call a tool exactly", run: (*Model).callCommand},
		{name: "compact", help: "sum the conversation up for the model", run: func(m *Model, _ string) tea.Cmd { m.do(host.Compact{}); return nil }},
		{name: "clear", help: "begin a new conversation", run: func(m *Model, _ string) tea.Cmd { m.do(host.Clear{}); return nil }},
		{name: "timeline", help: "where the time of each turn went", run: func(m *Model, words string) tea.Cmd { return m.openSheet("timeline", words) }},
		{name: "save", help: "write the result of the selected or last call to a file", run: func(m *Model, _ string) tea.Cmd { return m.saveResult(false) }},
		{name: "open", help: "the same, and open it in your pager", run: func(m *Model, _ string) tea.Cmd { return m.saveResult(true) }},
		{name: "collisions", args: "[NAME]", help: "names that several servers offer", run: func(m *Model, words string) tea.Cmd { return m.openSheet("collisions", words) }},
	}
	all = append(all, authorityCommands()...)
	all = append(all, sessionCommands()...)
	return append(all,
		command{name: "help", help: "the keys", run: func(m *Model, _ string) tea.Cmd { m.toggle(helpOverlay); return nil }},
		command{name: "quit", help: "leave", run: func(*Model, string) tea.Cmd { return tea.Quit }},
		command{name: "exit", hidden: true, run: func(*Model, string) tea.Cmd { return tea.Quit }},
	)
}

// offered is the menu behind the slash.
func (m *Model) offered() []composer.Command {
	var all []composer.Command
	for _, w := range m.workflows {
		all = append(all, composer.Command{Name: w.Name, Args: clean.Line(w.Usage()), Help: clean.Line(w.Description)})
	}
	for _, c := range commands() {
		if c.hidden {
			continue
		}
		o := composer.Command{Name: c.name, Args: c.args, Help: c.help}
		if c.words != nil {
			o.Words = func() []string { return c.words(m) }
		}
		all = append(all, o)
	}
	return all
}

// send submits a prompt, or obeys a command. A word behind a slash that is nearly
// a command is asked about; anything else goes to the model.
func (m *Model) send(text string) tea.Cmd {
	if text == "" {
		return nil
	}
	name, words, isCommand := slashed(text)
	if !isCommand {
		return m.submit(text)
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(m, words)
		}
	}
	for _, w := range m.workflows {
		if w.Name == name {
			m.talk.Bottom()
			m.do(host.RunWorkflow{Name: name, Words: words})
			return nil
		}
	}
	if meant := near.Names(name, m.commandNames, 1); len(meant) > 0 {
		m.composer.SetDraft(text)
		m.say("no command is called /" + clean.Line(name) + ": did you mean /" + meant[0] + "?")
		return nil
	}
	return m.submit(text)
}

// slashed splits one line that begins with a slash and a word of letters.
func slashed(text string) (name, words string, ok bool) {
	rest, slash := strings.CutPrefix(strings.TrimSpace(text), "/")
	name, words, _ = strings.Cut(rest, " ")
	letters := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") == ""
	if !slash || name == "" || !letters || strings.Contains(rest, "\n") {
		return "", "", false
	}
	return name, strings.TrimSpace(words), true
}

// commandNames pairs the names of the commands and workflows with themselves.
func (m *Model) commandNames(yield func(spelling, name string) bool) {
	for _, w := range m.workflows {
		if !yield(w.Name, w.Name) {
			return
		}
	}
	for _, c := range commands() {
		if !c.hidden && !yield(c.name, c.name) {
			return
		}
	}
}

func (m *Model) submit(text string) tea.Cmd {
	m.talk.Bottom()
	m.do(host.Submit{Text: text})
	return nil
}

// callCommand is for the offline matcher, which understands it.
func (m *Model) callCommand(words string) tea.Cmd {
	if words == "" {
		m.say("say which: /call server.tool key=value")
		return nil
	}
	return m.submit("/call " + words)
}

func (m *Model) serverNames() []string {
	names := m.pane.Names()
	for i := range names {
		names[i] = clean.Line(names[i])
	}
	return names
}
