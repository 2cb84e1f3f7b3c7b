// Package policy decides whether a tool call may go through: deny beats ask, ask
// beats allow, and nothing else counts, neither the order of rules nor how
// specific they are. It is pure: the same rules give the same decision.
package policy

import (
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

// A Policy is a set of rules. It never changes, so it may be read from anywhere;
// the zero value asks about everything.
type Policy struct{ rules []Rule }

// A Decision says what to do with a call, and why.
type Decision struct {
	Effect Effect
	Rule   Rule // the one that decided; zero when Found is false
	// Found is false when no rule matched: the effect is then [Ask].
	Found bool
}

// New makes a policy of rules, whose order does not matter.
func New(rules ...Rule) Policy { return Policy{slices.Clone(rules)} }

// With is the policy with more rules, for a grant that lasts as long as the
// session. The policy itself stays as it is.
func (p Policy) With(rules ...Rule) Policy {
	return Policy{slices.Concat(p.rules, rules)}
}

// Rules lists what the policy is made of, in the order it was given.
func (p Policy) Rules() []Rule { return slices.Clone(p.rules) }

// Decide tells what to do with calls to a tool. Among several matching rules of
// the same effect the first in written form is named, so that the order the
// rules came in does not show.
func (p Policy) Decide(id catalog.ID) Decision {
	for _, effect := range []Effect{Deny, Ask, Allow} {
		if rule, ok := p.first(effect, id); ok {
			return Decision{Effect: effect, Rule: rule, Found: true}
		}
	}
	return Decision{Effect: Ask}
}

// Denied tells that no call to the tool will ever go through, so that it need
// not be offered to the model at all.
func (p Policy) Denied(id catalog.ID) bool { return p.Decide(id).Effect == Deny }

// first is the smallest rule of an effect that matches.
func (p Policy) first(effect Effect, id catalog.ID) (Rule, bool) {
	var best Rule
	found := false
	for _, r := range p.rules {
		if r.Effect.known() != effect || !r.Matches(id) {
			continue
		}
		if !found || r.compare(best) < 0 {
			best, found = r, true
		}
	}
	return best, found
}
