// Package policy decides whether a tool call may go through: deny beats ask, ask
// beats allow, and nothing else counts, neither the order of rules nor how
// specific they are. It is pure: the same rules give the same decision.
package policy

import (
	"fmt"
	"slices"

	"switchboard/host/catalog"
)

// Effect is what a rule wants done with the calls it matches.
type Effect string

// The effects, the strongest first. Any other text counts as [Ask].
const (
	Deny  Effect = "deny"
	Ask   Effect = "ask"
	Allow Effect = "allow"
)

// known is the effect itself, or [Ask] for any other text: a slip of the pen must
// neither allow a call nor be without effect.
func (e Effect) known() Effect {
	if e == Deny || e == Allow {
		return e
	}
	return Ask
}

// A Policy is a set of rules and a mode. It never changes, so it may be read from
// anywhere; the zero value asks about everything.
type Policy struct {
	rules []Rule
	mode  Mode
}

// A Decision says what to do with a call, and why.
type Decision struct {
	Effect Effect
	Rule   Rule // the one that decided; zero when Found is false
	// Found is false when no rule decided: then it was the mode, the trust in the
	// server, or nothing at all, which means [Ask].
	Found bool
	// Reasons says why in sentences that are safe to show: what stood against the
	// call, and of every allow that would have held why it does not.
	Reasons []string
}

// New makes a policy of rules, whose order does not matter.
func New(rules ...Rule) Policy { return Policy{rules: slices.Clone(rules)} }

// With is the policy with more rules, for a grant that lasts as long as the
// session. The policy itself stays as it is.
func (p Policy) With(rules ...Rule) Policy {
	p.rules = slices.Concat(p.rules, rules)
	return p
}

// In is the policy in another mode. The policy itself stays as it is.
func (p Policy) In(m Mode) Policy {
	p.mode = m
	return p
}

// Mode is the mode that the policy is in.
func (p Policy) Mode() Mode { return p.mode.known() }

// Rules lists what the policy is made of, in the order it was given.
func (p Policy) Rules() []Rule { return slices.Clone(p.rules) }

// Decide tells what to do with a call. A server that the person refused gets
// none; a deny beats everything else, the mode read-only beats asks and allows,
// an ask beats an allow. What nothing speaks for is asked about. Among several
// matching rules of one effect the first in written form is named, so that the
// order the rules came in does not show.
func (p Policy) Decide(c Call) Decision {
	args := readArguments(c.Arguments)
	if c.Trust == Refused {
		return Decision{Effect: Deny, Reasons: []string{c.server() + " is refused"}}
	}
	if rule, ok := p.first(Deny, c, args); ok {
		return decided(rule)
	}
	if p.Mode() == ReadOnly && !c.reads() {
		return Decision{Effect: Deny, Reasons: []string{"the mode is read-only, and " + c.whyNotReading()}}
	}
	if rule, ok := p.first(Ask, c, args); ok {
		return decided(rule)
	}
	if p.Mode() != Manual && c.Trust == Trusted && len(c.Changed) == 0 {
		return Decision{Effect: Allow, Reasons: []string{fmt.Sprintf("the mode is %s, and %s is trusted", p.Mode(), c.server())}}
	}
	if rule, ok := p.first(Allow, c, args); ok {
		return decided(rule)
	}
	return Decision{Effect: Ask, Reasons: p.whyAsk(c, args)}
}

// Denied tells that no call to the tool will ever go through, so that it need
// not be offered to the model at all.
func (p Policy) Denied(id catalog.ID) bool {
	return slices.ContainsFunc(p.rules, func(r Rule) bool {
		return r.Effect == Deny && len(r.Args) == 0 && r.Matches(id)
	})
}

// decided is the decision of one rule.
func decided(r Rule) Decision {
	return Decision{Effect: r.Effect.known(), Rule: r, Found: true}
}

// first is the smallest rule of an effect that matches and holds.
func (p Policy) first(effect Effect, c Call, args arguments) (Rule, bool) {
	var best Rule
	found := false
	for _, r := range p.rules {
		if r.Effect.known() != effect || !r.covers(c.ID, args) || r.void(c) != "" {
			continue
		}
		if !found || r.compare(best) < 0 {
			best, found = r, true
		}
	}
	return best, found
}

// whyAsk lists what stands against a call that no rule decided about.
func (p Policy) whyAsk(c Call, args arguments) []string {
	var reasons []string
	if p.Mode() != Manual && c.Trust == Trusted {
		reasons = append(reasons, c.changes())
	}
	for _, r := range p.rules {
		if r.Effect.known() != Allow || !r.Matches(c.ID) {
			continue
		}
		switch why := r.void(c); {
		case why != "":
			reasons = append(reasons, fmt.Sprintf("%s would allow it, but %s", r, why))
		case !r.covers(c.ID, args):
			reasons = append(reasons, fmt.Sprintf("%s does not cover its arguments: %s", r, args.outside(r.Args)))
		}
	}
	slices.Sort(reasons)
	return slices.Compact(reasons)
}
