package host

import (
	"context"
	"fmt"
	"strings"
	"time"

	"switchboard/host/policy"
)

// A clearance is what a call may go out with: these bytes, to a tool that is
// defined so, of a server that is started so.
type clearance struct {
	pin  policy.Pin
	hash string // of the arguments
	look bool   // the person wants to see the result first
}

// pass asks the rules, and the person where they say so, until one of them
// decides. It returns nil when the call may go through, with its clearance.
func (c *call) pass(ctx context.Context) *ending {
	for {
		b := c.h.wall.look()
		s, err := c.subject(b)
		if err != nil {
			e := failed("%v", err)
			return &e
		}
		d := c.decide(b, s)
		c.tellDecision(s, d)
		switch d.Effect {
		case policy.Allow:
			c.h.mail.put(ruleUsed{d.Rule, d.Found})
			c.clear(s, false)
			return nil
		case policy.Deny:
			c.h.mail.put(ruleUsed{d.Rule, d.Found})
			return &ending{outcome: Refused, text: refusalText(d)}
		}
		if settled, e := c.approve(ctx, s, d); settled {
			return e
		}
	}
}

// clear notes what the call may go out with.
func (c *call) clear(s subject, look bool) {
	c.tool = s.tool
	c.cleared = clearance{s.pin, HashArguments(c.arguments()), look}
}

// stale tells that the call may not go out as it was cleared: the tool or its
// server is another by now, or the call is.
func (c *call) stale() bool {
	now, err := c.subject(c.h.wall.look())
	return err != nil || now.pin != c.cleared.pin || HashArguments(c.arguments()) != c.cleared.hash
}

// decide asks the rules. With the offline model an allow is only good where
// nobody could be asked: it picks tools by words and is easily wrong.
func (c *call) decide(b *board, s subject) policy.Decision {
	if len(c.faults) > 0 { // they are not sent as they are, so that no rule is about them
		return policy.Decision{Effect: policy.Ask}
	}
	d := b.rules.Decide(s.call(c.arguments()))
	if d.Effect == policy.Allow && c.h.alwaysAsks() {
		return policy.Decision{Effect: policy.Ask, Reasons: []string{"the offline matcher is easily wrong, so it always asks"}}
	}
	return d
}

// alwaysAsks tells whether every call needs a person's word.
func (h *Host) alwaysAsks() bool { return h.model().Model.Info().Offline && !h.opt.Unattended }

func (c *call) tellDecision(s subject, d policy.Decision) {
	c.h.out.Put(CallDecided{
		ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool, Decision: Decision(d.Effect), Rule: ruleText(d),
		Reasons: d.Reasons, Arguments: c.arguments(), Definition: s.pin.Tool,
	})
}

// ruleText is the rule that decided as a person would write it, or nothing.
func ruleText(d policy.Decision) string {
	if !d.Found {
		return ""
	}
	return fmt.Sprintf("%s %s (%s)", d.Effect, d.Rule, d.Rule.Source)
}

// refusalText is what the model reads of a call that a rule, the mode or a
// server's standing denies.
func refusalText(d policy.Decision) string {
	if d.Found {
		return fmt.Sprintf("denied by the rule %s; the call was not run", ruleText(d))
	}
	return fmt.Sprintf("denied: %s; the call was not run", strings.Join(d.Reasons, "; "))
}

// notRun is what the model reads of a call that ended before it reached a server.
const notRun = "stopped by the user before it was run"

// denied is the ending of a call that the person refused.
func denied(reason string) *ending {
	if reason == "" {
		return &ending{outcome: Refused, text: "the user denied this call; it was not run"}
	}
	return &ending{outcome: Refused, text: "the user denied this call; it was not run. Their reason: " + reason}
}

// ruleUsed tells the loop that a rule decided about a call.
type ruleUsed struct {
	rule  policy.Rule
	found bool
}

// answered tells the loop what the person said, as far as it outlasts the call.
type answered struct {
	subject subject
	scope   Scope
	rule    policy.Rule
	at      time.Time
}
