package host

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"switchboard/host/clean"
	"switchboard/host/policy"
)

// approve asks the person. It is not settled when the question has to be put anew,
// or the rules may decide by now; e is nil when the call may go through.
func (c *call) approve(ctx context.Context, s subject, d policy.Decision) (settled bool, e *ending) {
	q := c.question(s, d)
	c.shown = s.tool
	began := time.Now()
	id, a, err := c.h.desk.AskWhile(ctx, q, func() (<-chan struct{}, string) { return c.moot(s, d) })
	wait := time.Since(began)
	c.wait += wait
	c.again, c.faults = "", nil
	var moot *mootError
	switch {
	case errors.As(err, &moot):
		c.again = moot.why
		return false, nil
	case err != nil:
		return true, &ending{outcome: Stopped, text: notRun}
	}
	told := CallAnswered{ID: c.id, Question: id, Wait: wait}
	switch a := a.(type) {
	case Approve:
		return c.approved(s, q, a, told)
	case Deny:
		return true, c.refused(s, a, told)
	}
	return true, denied("")
}

// question is what the person is shown of the call.
func (c *call) question(s subject, d policy.Decision) Approval {
	q := Approval{
		Call: c.id, Tool: s.tool, Name: c.asked.Name, Arguments: c.arguments(), Hash: HashArguments(c.arguments()),
		Says: clean.Foreign(c.says), State: s.state, Risk: s.risk(),
		New: s.trust == TrustNew, Trusted: s.trust == TrustFull,
		Changed: s.changes, Instructions: s.drift.instructions, Why: d.Reasons,
		Again: c.again, Faults: c.faults, Past: c.h.past.of(s.tool.ID), CanLook: true, pin: s.pin,
	}
	q.Scopes = c.scopes(q, d)
	return q
}

// scopes lists the approvals that would hold: not more than once against an ask
// rule, at first contact or for the offline model, nor where no rule can name the
// tool or the arguments alone. What may do harm for good, or outside, is not allowed
// for always at the first time of asking.
func (c *call) scopes(q Approval, d policy.Decision) []Scope {
	scopes := []Scope{Once}
	if d.Found || q.New || c.h.alwaysAsks() {
		return scopes
	}
	wider := []Scope{SessionExact, Session, Always, AlwaysMatching}
	if q.Risk.Loud && len(q.Past) == 0 {
		wider = wider[:2]
	}
	for _, s := range wider {
		if _, err := q.Grant(s, nil); err == nil {
			scopes = append(scopes, s)
		}
	}
	return scopes
}

// moot says why a question that stands would be another one now, and gives what
// to wait for before looking again.
func (c *call) moot(s subject, d policy.Decision) (next <-chan struct{}, why string) {
	b := c.h.wall.look()
	now, err := c.subject(b)
	if err != nil {
		return nil, err.Error()
	}
	if why := now.differs(s); why != "" {
		return nil, why
	}
	if fresh := c.decide(b, now); fresh.Effect != d.Effect || fresh.Found != d.Found {
		return nil, "the rules say otherwise by now"
	}
	return b.changed, ""
}

// approved follows a yes. Arguments of the person's own are checked first; at fault,
// they are asked about again.
func (c *call) approved(s subject, q Approval, a Approve, told CallAnswered) (settled bool, e *ending) {
	if a.Arguments != nil {
		c.edited = a.Arguments
	}
	if faults := c.faulty(s); len(faults) > 0 {
		c.faults = faults
		c.again = "the arguments that you gave cannot be sent"
		return false, nil
	}
	told.Approved, told.Scope, told.Arguments = true, a.Scope, c.arguments()
	if r, err := grantOf(s.call(c.arguments()), a.Scope, a.Match); err == nil {
		told.Grant = "allow " + r.String()
		c.h.mail.put(answered{s, a.Scope, r, time.Now()})
	}
	c.h.out.Put(told)
	c.clear(s, a.Look)
	return true, nil
}

// refused follows a no.
func (c *call) refused(s subject, a Deny, told CallAnswered) *ending {
	told.Reason, told.Scope = a.Reason, Once
	if a.Scope == Session {
		if r, err := policy.Exactly(policy.Deny, s.tool.ID, ""); err == nil {
			told.Scope, told.Grant = Session, "deny "+r.String()
			c.h.mail.put(answered{s, Session, r, time.Now()})
		}
	}
	c.h.out.Put(told)
	return denied(a.Reason)
}

// faulty says why the person's own arguments cannot be sent: they do not fit the
// tool's schema, or a rule denies them. Those of the model are the server's to judge.
func (c *call) faulty(s subject) []string {
	if !c.isEdited() {
		return nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(c.edited, &object); err != nil || object == nil {
		return []string{"they are not a JSON object"}
	}
	if faults := c.h.schemas.check(s.tool, c.edited); len(faults) > 0 {
		said := make([]string, len(faults))
		for i, f := range faults {
			said[i] = f.String()
		}
		return said
	}
	if d := c.decide(c.h.wall.look(), s); d.Effect == policy.Deny {
		return []string{refusalText(d)}
	}
	return nil
}

// arguments are those that would be sent: the person's own, or the model's.
func (c *call) arguments() json.RawMessage {
	if c.edited != nil {
		return c.edited
	}
	return c.asked.Arguments
}

// isEdited tells whether the person changed the arguments.
func (c *call) isEdited() bool {
	return c.edited != nil && string(c.edited) != string(c.asked.Arguments)
}
