package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
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

	edited  json.RawMessage // the person's own arguments; nil for the model's
	shown   catalog.Tool    // as the person saw it last
	again   string          // why the next question is not the first
	faults  []string        // of the person's own arguments
	cleared clearance
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
	notes   []string       // what we say of it, beside the server's words
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
	for {
		if refusal := c.pass(ctx); refusal != nil {
			return *refusal
		}
		if e, sent := c.send(ctx); sent {
			return e
		}
	}
}

// send calls the server, waits for its answer, and shows it to the person first
// where they want that. It is not sent where the clearance does not hold any more.
func (c *call) send(ctx context.Context) (e ending, sent bool) {
	if e, sent = c.dispatch(ctx); !sent || e.from == "" {
		return e, sent
	}
	return c.review(ctx, e), true
}

// dispatch waits for a free place on the server and calls it.
func (c *call) dispatch(ctx context.Context) (e ending, sent bool) {
	m := c.h.wall.look().roster.member(c.tool.ID.Server)
	if m == nil {
		return failed("%s is gone from the configuration; the call was not run", clean.Line(c.tool.ID.Server)), true
	}
	release, err := m.slot(ctx)
	if err != nil {
		return ending{outcome: Stopped, text: notRun}, true
	}
	defer release()
	if c.stale() {
		c.again = "the tool or its server changed before the call went out"
		return ending{}, false
	}
	c.h.past.add(c.tool.ID, c.arguments())
	c.h.out.Put(CallStarted{
		ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool, Arguments: c.arguments(), Edited: c.isEdited(),
	})
	c.h.book.sync(ctx) // what was decided is on the disk before the call goes out
	c.count()
	return c.deliver(ctx, m, c.progress), true
}

// deliver has the server do the work.
func (c *call) deliver(ctx context.Context, m *member, progress func(server.Progress)) ending {
	began := time.Now()
	r, err := m.Call(ctx, c.tool.ID.Tool, c.arguments(), progress)
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
	if c.isEdited() {
		e.notes = append(e.notes, "The user changed the arguments before this call was run. It ran with "+cut(string(c.edited), editedLimit, ""))
	}
	if r.IsError {
		e.outcome = ToolError
	}
	if e.text == "" {
		e.text = "(no output)"
	}
	return e
}

// editedLimit is how many bytes of the person's own arguments the model is shown.
const editedLimit = 4 << 10

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
