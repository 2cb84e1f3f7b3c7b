package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/policy"
	"switchboard/host/server"
	"switchboard/llm"
)

// A call is one tool call of the model on its way: to a server, past the rules
// and the person, and back.
type call struct {
	h     *Host
	id    CallID
	step  *board // what the model was given
	offer *offer
	asked llm.ToolCall
	says  string       // what the model wrote before it
	tool  catalog.Tool // once it is known
	wait  time.Duration
	ended bool
}

// ending is how a call came out, in the words that the model reads.
type ending struct {
	outcome Outcome
	text    string
	bytes   int
	took    time.Duration
	from    string         // the server whose words the text is; "" for ours
	media   []server.Media // what the text only describes
	page    bool           // a part of a result that is kept already
}

// lostCall is what the model reads of a call that a fault of ours took.
const lostCall = "the call was lost to an internal fault"

// run takes the call to its end and returns what the model reads of it.
func (c *call) run(ctx context.Context) llm.ToolResult {
	defer c.lost()
	e := c.attempt(ctx)
	c.finish(e)
	return c.answer(e)
}

// plan announces the call, with its server where that is plain already.
func (c *call) plan() {
	if c.isSearch() {
		c.tool.ID = catalog.ID{Server: ownServer, Tool: findToolsName}
	} else if r, err := catalog.Follow(c.step.catalog, c.h.wall.look().catalog, c.asked.Name); err == nil && len(r.Tools) == 1 {
		c.tool = r.Tools[0]
	}
	c.h.out.Put(CallPlanned{
		ID: c.id, Name: clean.Foreign(c.asked.Name),
		Server: c.tool.ID.Server, Tool: c.tool.ID.Tool, Arguments: c.asked.Arguments,
	})
}

func (c *call) finish(e ending) {
	c.ended = true
	c.h.out.Put(c.finished(e))
}

func (c *call) finished(e ending) CallFinished {
	return CallFinished{
		ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool,
		Outcome: e.outcome, Text: clean.Foreign(e.text), Bytes: e.bytes, Wait: c.wait, Took: e.took,
	}
}

// lost closes the call on the screen when a panic took it; the panic goes on to
// the guard.
func (c *call) lost() {
	if !c.ended {
		c.finish(ending{outcome: CallError, text: lostCall})
	}
}

// attempt goes through the stations of a call: arguments, route, rules, server.
func (c *call) attempt(ctx context.Context) ending {
	if c.asked.Malformed != "" {
		return failed("the arguments were not a JSON object, so the call was not run; make it again with a JSON object. They were: %s", cut(c.asked.Malformed, 1<<10, ""))
	}
	if e, own := c.readOn(); own {
		return e
	}
	if c.isSearch() {
		return c.search()
	}
	if err := c.route(ctx); err != nil {
		return c.unrouted(ctx, err)
	}
	if refusal := c.check(); refusal != nil {
		return *refusal
	}
	if refusal := c.pass(ctx); refusal != nil {
		return *refusal
	}
	return c.send(ctx)
}

// pass asks the rules, and the person where they say so. It returns nil when the
// call may go through.
func (c *call) pass(ctx context.Context) *ending {
	d := c.decide()
	rule := ruleText(d)
	c.h.out.Put(CallDecided{
		ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool, Decision: Decision(d.Effect), Rule: rule,
	})
	switch d.Effect {
	case policy.Allow:
		return nil
	case policy.Deny:
		return &ending{outcome: Refused, text: fmt.Sprintf("denied by the rule %s; the call was not run", rule)}
	}
	return c.approve(ctx, d)
}

// approve asks the person. A wider grant is offered only where it would hold: not
// against an ask rule, and not where no rule can name this tool alone.
func (c *call) approve(ctx context.Context, d policy.Decision) *ending {
	grant, err := policy.Exactly(policy.Allow, c.tool.ID, "this session")
	scopes := []Scope{Once}
	if err == nil && !d.Found && !c.h.alwaysAsks() {
		scopes = append(scopes, Session)
	}
	began := time.Now()
	a, asked := c.h.desk.Ask(ctx, Approval{
		Call: c.id, Tool: c.tool, Name: c.asked.Name, Arguments: c.asked.Arguments,
		Hash: HashArguments(c.asked.Arguments), Says: clean.Foreign(c.says), Scopes: scopes,
	})
	c.wait += time.Since(began)
	if asked != nil {
		return &ending{outcome: Stopped, text: notRun}
	}
	switch a := a.(type) {
	case Approve:
		if a.Scope == Session {
			c.h.mail.put(granted{grant})
		}
		return nil
	case Deny:
		return denied(a.Reason)
	}
	return denied("")
}

// ruleText is the rule that decided as a person would write it, or nothing.
func ruleText(d policy.Decision) string {
	if !d.Found {
		return ""
	}
	return fmt.Sprintf("%s %s (%s)", d.Effect, d.Rule, d.Rule.Source)
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

// decide asks the rules. With the offline model an allow is only good where
// nobody could be asked: it picks tools by words and is easily wrong.
func (c *call) decide() policy.Decision {
	d := c.h.wall.look().rules.Decide(policy.Call{
		ID: c.tool.ID, Arguments: c.asked.Arguments, Trust: policy.Known, At: time.Now(),
	})
	if d.Effect == policy.Allow && c.h.alwaysAsks() {
		return policy.Decision{Effect: policy.Ask}
	}
	return d
}

// alwaysAsks tells whether every call needs a person's word.
func (h *Host) alwaysAsks() bool { return h.model().Model.Info().Offline && !h.opt.Unattended }

// send calls the server and waits for its answer.
func (c *call) send(ctx context.Context) ending {
	m := c.h.fleet.byName[c.tool.ID.Server]
	release, err := m.slot(ctx)
	if err != nil {
		return ending{outcome: Stopped, text: notRun}
	}
	defer release()
	c.h.out.Put(CallStarted{ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool, Arguments: c.asked.Arguments})
	c.h.book.sync(ctx) // what was decided is on the disk before the call goes out
	c.count()
	return c.deliver(ctx, m, c.progress)
}

// deliver has the server do the work.
func (c *call) deliver(ctx context.Context, m *member, progress func(server.Progress)) ending {
	began := time.Now()
	r, err := m.Call(ctx, c.tool.ID.Tool, c.asked.Arguments, progress)
	took := time.Since(began)
	switch {
	case ctx.Err() != nil && err != nil:
		return ending{outcome: Stopped, text: "stopped by the user while it ran; it may have taken effect", took: took}
	case err != nil:
		e := failed("%v", err)
		e.took = took
		return e
	}
	return c.returned(r, took)
}

func (c *call) progress(p server.Progress) {
	c.h.out.Put(CallProgress{ID: c.id, Progress: p.Done, Total: p.Total, Message: p.Message})
}

// returned is the ending of a call that the tool answered, well or with an error
// of its own.
func (c *call) returned(r server.Result, took time.Duration) ending {
	e := ending{
		outcome: Succeeded, text: r.Text.Raw(), bytes: r.Bytes, took: took,
		from: c.tool.ID.Server, media: r.Media,
	}
	if r.IsError {
		e.outcome = ToolError
	}
	if e.text == "" {
		e.text = "(no output)"
	}
	return e
}

// unrouted is the ending of a call that found no server.
func (c *call) unrouted(ctx context.Context, err error) ending {
	if ctx.Err() != nil {
		return ending{outcome: Stopped, text: notRun}
	}
	var refusal *refusedError
	if errors.As(err, &refusal) {
		return *denied(refusal.reason)
	}
	return failed("%v", err)
}

func failed(format string, args ...any) ending {
	return ending{outcome: CallError, text: fmt.Sprintf(format, args...)}
}
