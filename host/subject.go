package host

import (
	"fmt"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
	"switchboard/host/policy"
)

// A subject is what a call is about at one moment: the tool as its server defines
// it now, how that compares with what the person accepted, and how far they trust
// the server.
type subject struct {
	tool    catalog.Tool
	pin     policy.Pin
	trust   TrustLevel
	changes []catalog.Change // since the person accepted the definition
	drift   drift            // of what the server says of itself
	state   ServerState
}

// subject looks up what the call is about on a board.
func (c *call) subject(b *board) (subject, error) {
	id := c.tool.ID
	m := b.roster.member(id.Server)
	tool, there := b.catalog.Lookup(id)
	if m == nil || !there {
		return subject{}, fmt.Errorf("%s does not offer %s any more; the call was not run", clean.Line(id.Server), clean.Line(id.Tool))
	}
	s := subject{
		tool: tool, pin: policy.Pin{Server: m.identity, Tool: tool.Hash()},
		trust: b.trust[id.Server], drift: b.drift[id.Server], state: b.status(id.Server).State,
	}
	if m.builtin {
		return s, nil // its definitions come with this very program
	}
	if k := c.h.opt.Grants.Check(m.identity, grants.OfTool(tool)); k.State == grants.Changed {
		s.changes = changesOf(k.Old, tool, c.shown)
	}
	return s, nil
}

// changesOf compares a tool with the definition that was accepted, which the person
// may have been shown before. One that is not kept any more has changed somewhere.
func changesOf(old grants.Definition, now catalog.Tool, shown ...catalog.Tool) []catalog.Change {
	before, kept := old.Tool(now.ID.Server)
	for _, t := range shown {
		if !kept && t.Hash() == old.Hash {
			before, kept = t, true
		}
	}
	if changes := catalog.Diff(before, now); kept && len(changes) > 0 {
		return changes
	}
	return []catalog.Change{{Field: clean.Foreign("definition"), Kind: catalog.Changed}}
}

// call is the subject with arguments, as the rules take it.
func (s subject) call(arguments []byte) policy.Call {
	return policy.Call{
		ID: s.tool.ID, Arguments: arguments, Pin: s.pin, Changed: words(s.changes),
		Hints: policy.ParseHints(s.tool.Raw), Trust: s.trust, At: time.Now(),
	}
}

// words names the fields that changed.
func words(changes []catalog.Change) []string {
	var all []string
	for _, c := range changes {
		what := c.Field.Line()
		if !c.Parameter.Empty() {
			what = "parameter " + c.Parameter.Line()
		}
		all = append(all, what)
	}
	return all
}

// risk says what a call of the tool may do.
func (s subject) risk() Risk {
	r := policy.RiskOf(policy.ParseHints(s.tool.Raw), s.trust == TrustFull)
	return Risk{Words: r.String(), Loud: r.High(), Reads: r.Level == policy.Reads}
}

// differs says what makes this another subject than one that was asked about;
// empty when nothing does.
func (s subject) differs(asked subject) string {
	switch {
	case s.pin.Server != asked.pin.Server:
		return clean.Line(s.tool.ID.Server) + " is started or reached in another way since the question was put"
	case s.pin.Tool != asked.pin.Tool:
		return "the tool's definition changed while the question stood"
	case s.trust != asked.trust:
		return "how far " + clean.Line(s.tool.ID.Server) + " is trusted changed while the question stood"
	}
	return ""
}
