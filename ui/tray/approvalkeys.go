package tray

import (
	"encoding/json"

	"switchboard/host"
	"switchboard/host/clean"
)

func (c *approvalCard) keys() []choice {
	if c.edited != nil {
		return c.editedKeys()
	}
	keys := []choice{c.approve("o", "allow once", host.Once), {key: "d", label: "deny", answer: host.Deny{}}}
	if c.Offers(host.SessionExact) {
		keys = append(keys, c.approve("s", "session, same arguments", host.SessionExact))
	}
	if c.Offers(host.Session) {
		keys = append(keys, c.approve("t", "session, any arguments", host.Session))
	}
	if c.Offers(host.Always) || c.Offers(host.AlwaysMatching) {
		keys = append(keys, choice{key: "a", label: "always …", rank: 1, yes: true, open: func() panel { return newAlwaysPanel(c) }})
	}
	keys = append(keys, choice{key: "e", label: "edit", rank: 1, open: c.edit}, denyWithReason(c))
	return append(keys, c.rareKeys()...)
}

// rareKeys are those that are wanted now and then.
func (c *approvalCard) rareKeys() []choice {
	keys := []choice{{key: "n", label: "never in this session", answer: host.Deny{Scope: host.Session}, rank: 2}}
	if c.CanLook {
		look := c.approve("l", "allow once and show me the result first", host.Once)
		look.answer = host.Approve{Scope: host.Once, Hash: c.hash, Look: true}
		look.rank = 2
		keys = append(keys, look)
	}
	if c.New {
		server := clean.Line(c.Tool.ID.Server)
		keys = append(keys, choice{
			key: "p", label: "let rules apply to " + server, rank: 1,
			op: host.SetTrust{Server: c.Tool.ID.Server, Trust: host.TrustKnown}, says: "rules apply to " + server + " from now on",
		})
	}
	return append(keys, choice{key: "i", label: "about the tool", rank: 2, open: func() panel { return &aboutPanel{tool: c.Tool, why: c.Why} }})
}

// editedKeys are those for the person's own arguments: they are good for this call
// alone.
func (c *approvalCard) editedKeys() []choice {
	return []choice{
		{
			key: "o", label: "allow once, as you wrote it", yes: true,
			answer: host.Approve{Scope: host.Once, Hash: c.hash, Arguments: c.edited},
		},
		{key: "e", label: "edit", open: c.edit},
		{key: "u", label: "the model's own again", do: func() change { return c.take(nil) }},
		{key: "d", label: "deny", answer: host.Deny{}},
		denyWithReason(c),
	}
}

// approve is the key for a yes of some scope. The hash of what was shown goes with
// it.
func (c *approvalCard) approve(key, label string, s host.Scope) choice {
	rank := 1
	if s == host.Once {
		rank = 0
	}
	return choice{key: key, label: label, rank: rank, yes: true, answer: host.Approve{Scope: s, Hash: c.hash}}
}

// take has the card show other arguments than the model's; nil for those again.
func (c *approvalCard) take(edited json.RawMessage) change {
	c.edited = edited
	shown := c.Arguments
	if edited != nil {
		shown = edited
	}
	c.argumentsView = viewOf(shown)
	return change{close: true, again: true}
}
