package config

import (
	"slices"
	"strings"
	"unicode"

	"switchboard/host/clean"
)

// An entry is a server while it is read.
type entry struct {
	Server
	command, url, kind *member // as they stand; nil when absent
	transport          string  // "stdio", "http" or "" when type says nothing
}

// server reads one entry. Its first fault becomes its Problem.
func (r *reader) server(m member) Server {
	e := entry{Server: Server{Name: m.name, Source: r.position(m.nameAt)}}
	if e.Problem = r.slipIn(m.v); e.Problem != nil {
		return e.Server
	}
	before := len(r.problems)
	checkName(m)
	members := m.members(`an object with "command" or "url"`)
	for _, field := range members {
		e.read(field)
	}
	if r.firstFault(before) == nil {
		e.check(m)
	}
	if e.Problem = r.firstFault(before); e.Problem == nil && r.project {
		e.propose(m)
	}
	return e.Server
}

func (e *entry) read(m member) {
	switch m.name {
	case "command":
		e.command = &m
		e.Command = e.readCommand(m)
	case "args":
		e.Args = e.readArgs(m)
	case "env":
		e.Env = e.readEnv(m)
	case "cwd":
		e.Dir = e.readDir(m)
	case "url":
		e.url = &m
		e.URL = readURL(m.node, &e.Missing)
	case "type":
		e.kind = &m
		e.transport = readTransport(m)
	case "headers":
		e.Headers = readHeaders(m, &e.Missing)
	case "disabled":
		e.Disabled, _ = m.flag()
	case "timeout":
		e.Timeout = readTimeout(m.node)
	case "parallel":
		e.Parallel = readParallel(m.node)
	default:
		m.unknown(serverKeys, foreignServerKeys)
	}
}

// check looks at what the fields amount to together.
func (e *entry) check(m member) {
	switch {
	case e.command != nil && e.url != nil:
		e.url.faultName(`"command" and "url" exclude each other`, "a server is either started here or reached by its URL")
	case e.command == nil && e.url == nil && !e.Disabled:
		m.faultName(`expected "command" or "url", found neither`, "")
	case e.transport == "stdio" && e.url != nil:
		e.kind.fault(`type "stdio" needs "command", found "url"`, `leave "type" out`)
	case e.transport == "http" && e.command != nil:
		e.kind.fault(`this type needs "url", found "command"`, `leave "type" out`)
	}
}

// checkName refuses names that are not what they look like.
func checkName(m member) {
	if m.name == "" {
		m.faultName("the server has no name", "")
		return
	}
	if clean.Line(m.name) != m.name {
		m.faultName("the server's name contains characters that cannot be seen", "type it again")
		return
	}
	if strings.TrimSpace(m.name) != m.name {
		m.warnName("the server's name begins or ends with white space", "")
	}
}

func (e *entry) readCommand(m member) string {
	if m.v.Value.Kind() == '[' {
		m.mismatch("a string", `put the program in "command" and the rest in "args"`)
		return ""
	}
	s, complete, ok := slot{missing: &e.Missing}.read(m.node)
	if !ok {
		return ""
	}
	s = m.trimmed(s)
	if complete {
		remarkCommand(m, s)
	}
	return s
}

func remarkCommand(m member, s string) {
	switch {
	case s == "":
		m.fault("the command is empty", "name the program to start")
	case strings.HasPrefix(s, "~/"):
		m.warn("~ is not expanded here", "write ${HOME}")
	case strings.ContainsFunc(s, unicode.IsSpace) && !strings.ContainsAny(s, `/\`):
		m.warn("all of this is taken as the name of one program", `put the arguments in "args"`)
	}
}

func (e *entry) readArgs(m member) []string {
	hint := ""
	if m.v.Value.Kind() == '"' {
		hint = `write ["one", "two"]`
	}
	var args []string
	for _, n := range m.elements("a list of strings", hint) {
		s, _, ok := slot{missing: &e.Missing}.read(n)
		if !ok {
			continue
		}
		if strings.HasPrefix(s, "~/") {
			n.warn("~ is not expanded here", "write ${HOME}")
		}
		args = append(args, s)
	}
	return args
}

// readEnv gives NAME=value, sorted by name.
func (e *entry) readEnv(m member) []string {
	type pair struct{ name, value string }
	var pairs []pair
	for _, v := range m.members("an object of strings by name") {
		if v.name == "" || strings.ContainsAny(v.name, "=\x00") {
			v.faultName("not a possible name for a variable", "")
			continue
		}
		s, _, ok := slot{missing: &e.Missing, mayBeEmpty: true}.read(v.node)
		if !ok {
			continue
		}
		if strings.TrimSpace(s) != s {
			v.warn("leading or trailing white space is kept", "")
		}
		pairs = append(pairs, pair{v.name, s})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	var env []string
	for _, p := range pairs {
		env = append(env, p.name+"="+p.value)
	}
	return env
}
