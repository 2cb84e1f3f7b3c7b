package config

import (
	"fmt"
	"slices"
)

// Adopt adds what a project asks for to the servers and rules of the person's own
// configuration, which come first: a name that is theirs stays theirs, and the
// problems say so. Entries are those of the person's files: one that only says that
// it is disabled switches the project's off. Rules of the project are added, and
// can only ask and deny.
func (c *Config) Adopt(p Project, entries []Server) {
	for _, s := range p.Servers {
		c.adopt(s, entries)
	}
	c.Approval.Ask = append(c.Approval.Ask, p.Approval.Ask...)
	c.Approval.Deny = append(c.Approval.Deny, p.Approval.Deny...)
	c.Problems = append(c.Problems, p.Problems...)
	c.Torn = append(c.Torn, p.Torn...)
	if p.rulesLost {
		c.withholdAllow()
	}
}

func (c *Config) adopt(s Server, entries []Server) {
	off := slices.ContainsFunc(entries, func(own Server) bool { return own.Name == s.Name && own.onlyDisables() })
	s.Disabled = s.Disabled || off
	i := slices.IndexFunc(c.Servers, func(own Server) bool { return own.Name == s.Name })
	switch {
	case i < 0:
		c.Servers = append(c.Servers, s)
	case off && !c.Servers[i].Builtin:
		c.Servers[i] = s
	default:
		c.Problems = append(c.Problems, Problem{
			At: s.Source, Key: node{key: "mcpServers"}.path(s.Name), Warning: true,
			Message: "not used: " + c.Servers[i].whose() + " has the same name, and yours comes first",
			Hint:    "give one of the two another name",
		})
	}
}

// onlyDisables tells whether an entry switches a server off that stands elsewhere.
func (s Server) onlyDisables() bool {
	return s.Disabled && s.Command == "" && s.URL == "" && s.Problem == nil && len(s.Missing) == 0
}

// whose names an entry of the person's own.
func (s Server) whose() string {
	if s.Builtin && s.Source.Line == 0 {
		return "a built-in server"
	}
	return fmt.Sprintf("your own at %s", s.Source)
}
