package command

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server"
)

// settings prints what the configuration amounts to. All that comes from a file is
// cleaned, and nothing that may be a secret is printed.
type settings struct {
	out     io.Writer
	merged  config.Config
	builtin bool // the built-in servers run
	begun   bool
}

func (s *settings) section(name string) {
	if s.begun {
		fmt.Fprintln(s.out)
	}
	s.begun = true
	fmt.Fprintln(s.out, name)
}

// field prints one line of what is known of a thing.
func (s *settings) field(name, value string) {
	if value != "" {
		fmt.Fprintf(s.out, "    %-9s %s\n", name, clean.Line(value))
	}
}

// file lists the entries of one file, with what becomes of each.
func (s *settings) file(file string, entries []config.Server) {
	if len(entries) == 0 {
		return
	}
	s.section("servers in " + clean.Line(file))
	for _, e := range entries {
		winner := named(s.merged.Servers, e.Name)
		if winner.Source != e.Source {
			fmt.Fprintf(s.out, "  %s: replaced as a whole by the entry at %s\n", clean.Line(e.Name), winner.Source)
			continue
		}
		fmt.Fprintf(s.out, "  %s: %s\n", clean.Line(e.Name), s.fate(e))
		s.launch(e)
	}
}

// fate is what becomes of an entry that holds.
func (s *settings) fate(e config.Server) string {
	empty := e.Command == "" && e.URL == ""
	switch {
	case e.Problem != nil:
		return "not started, the entry is at fault: " + e.Problem.Error()
	case e.Disabled && empty && s.builtin:
		return "switches the server of this name off"
	case e.Disabled:
		return `not started: it says "disabled": true`
	case e.Untrusted != "":
		return "not started before you consent: " + clean.Line(e.Untrusted)
	case len(e.Missing) > 0:
		return "not started until these variables are set: " + clean.Line(strings.Join(e.Missing, ", "))
	case e.URL != "":
		return "reached by its URL"
	}
	return "started"
}

// launch shows how a server is started or reached, secrets masked. It is never
// run: it only says what it would do.
func (s *settings) launch(e config.Server) {
	if e.Problem != nil || e.Command == "" && e.URL == "" {
		return
	}
	l := server.New(e, server.Options{}).Inspect().Launch
	s.field("command", strings.Join(append([]string{l.Command}, l.Args...), " "))
	if e.Command != "" && len(e.Missing) == 0 {
		s.field("program", orElse(l.Resolved, "not found"))
	}
	s.field("cwd", l.Dir)
	s.field("url", l.URL)
	s.field("env", names(e.Env))
	s.field("headers", strings.Join(l.Headers, ", "))
	if e.Timeout > 0 {
		s.field("timeout", e.Timeout.String())
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// names gives the names of NAME=value.
func names(env []string) string {
	var all []string
	for _, nv := range env {
		name, _, _ := strings.Cut(nv, "=")
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}

// builtins lists the built-in servers where they run.
func (s *settings) builtins(servers []config.Server) {
	if !s.builtin {
		return
	}
	s.section("built-in servers, since no file brings another")
	for _, e := range servers {
		if !e.Builtin {
			continue
		}
		fate := "started"
		if e.Disabled {
			fate = "not started: switched off at " + e.Source.String()
		}
		fmt.Fprintf(s.out, "  %s: %s\n", e.Name, fate)
	}
}

func (s *settings) collisions() {
	c := s.merged.Collisions
	var lines []string
	line := func(what, to string) { lines = append(lines, clean.Line(what)+": "+clean.Line(to)) }
	if c.Default != "" {
		line("all", c.Default)
	}
	for _, group := range []struct {
		kind string
		m    map[string]string
	}{{"tool ", c.Tools}, {"server ", c.Servers}, {"alias of ", c.Aliases}} {
		for _, key := range slices.Sorted(maps.Keys(group.m)) {
			line(group.kind+key, group.m[key])
		}
	}
	if len(c.Order) > 0 {
		line("order", strings.Join(c.Order, ", "))
	}
	if len(c.Hide) > 0 {
		line("hidden", strings.Join(c.Hide, ", "))
	}
	s.list("collisions", lines)
}

func (s *settings) approval() {
	a := s.merged.Approval
	var lines []string
	for _, rule := range slices.Concat(a.Deny, a.Ask, a.Allow) {
		lines = append(lines, string(rule.Effect)+" "+clean.Line(rule.String()))
	}
	s.list("approval, strongest first", lines)
}

func (s *settings) theme() {
	if t := s.merged.Theme; t != "" {
		s.list("theme", []string{clean.Line(t)})
	}
}

func (s *settings) list(name string, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.section(name)
	for _, line := range lines {
		fmt.Fprintln(s.out, "  "+line)
	}
}

// problems lists all that is wrong, and tells whether any of it is a fault.
func (s *settings) problems(all []config.Problem) bool {
	var lines []string
	for _, p := range all {
		lines = append(lines, p.Error())
	}
	s.list("problems", lines)
	return slices.ContainsFunc(all, func(p config.Problem) bool { return !p.Warning })
}
