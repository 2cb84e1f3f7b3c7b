package offline

import (
	"slices"

	"switchboard/llm"
)

// A plan is what a message asks for, as far as it can be told by now.
type plan struct {
	steps []step
	// question is what has to be cleared up before the message can go on; it is
	// put after the steps are done.
	question string
	// unmatched are later clauses that no tool fits.
	unmatched []string
	// pending are clauses that wait for a result.
	pending []string
}

// A step is a call with all it needs.
type step struct {
	tool *tool
	args map[string]any
}

// newPlan is the same every time it is made of the same message and tools, so the
// calls already made are its first steps.
func newPlan(t turn, ix *index) plan {
	var p plan
	if isTalk(t.said) {
		return p
	}
	all := clauses(t.said, ix)
	for i, c := range all {
		earlier, answered := t.result(len(p.steps) - 1)
		found := ix.rank(c, earlier)
		if len(found) == 0 || found[0].score < enough {
			if c.afterwards {
				p.unmatched = append(p.unmatched, c.text)
			}
			continue
		}
		if len(p.steps) > 0 && !answered && mustWait(c, found[0].tool, p.steps) {
			p.pending = textsOf(all[i:])
			return p
		}
		if p.question = doubt(found); p.question != "" {
			p.pending = textsOf(all[i+1:])
			return p
		}
		p.steps = append(p.steps, step{found[0].tool, found[0].args})
	}
	return p
}

// mustWait tells whether a clause has to see the result before it: it says so, it
// speaks of it, or one of the tools changes things and order matters.
func mustWait(c clause, next *tool, steps []step) bool {
	return c.afterwards || c.refersBack() || next.Destructive || steps[len(steps)-1].tool.Destructive
}

// doubt asks the person what the message leaves open; "" when nothing is.
func doubt(found []candidate) string {
	if rivals := rivals(found); len(rivals) > 1 {
		return askWhich(rivals)
	}
	if len(found[0].missing) > 0 {
		return askFor(found[0])
	}
	return ""
}

// rivals are the best candidate and those too close behind it to be passed over.
func rivals(found []candidate) []candidate {
	const most = 3
	out := found[:1:1]
	for _, c := range found[1:] {
		if c.score > found[0].score-clearLead && len(c.missing) <= len(found[0].missing) &&
			!c.tool.elaborates(found[0].tool) && len(out) < most {
			out = append(out, c)
		}
	}
	return out
}

// elaborates tells whether the name says all that the other says and more, as
// list_directory_with_sizes does.
func (t *tool) elaborates(o *tool) bool {
	return len(t.terms) > len(o.terms) && !slices.ContainsFunc(o.terms, func(w string) bool { return !slices.Contains(t.terms, w) })
}

func textsOf(cs []clause) []string {
	var out []string
	for _, c := range cs {
		out = append(out, c.text)
	}
	return out
}

// next is the answer to the conversation: the calls that can be made now, or the
// reply.
func (p plan) next(t turn, ix *index) llm.Message {
	done := len(t.calls)
	switch {
	case done == 0 && len(p.steps) == 0 && p.question == "":
		return llm.Say(llm.Assistant, about(t.said, ix))
	case !t.failed() && len(p.steps) > done && p.follows(t):
		return callMessage(p.steps[done:], t)
	}
	return llm.Say(llm.Assistant, p.reply(t, ix))
}

// follows tells whether the calls made are the first steps of the plan. They are
// not when the tools changed in between; then nothing more is called.
func (p plan) follows(t turn) bool {
	for i, c := range t.calls {
		if p.steps[i].tool.Name != c.Name {
			return false
		}
	}
	return true
}
