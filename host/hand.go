package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/disk"
	"switchboard/host/policy"
	"switchboard/host/server"
	"switchboard/host/task"
	"switchboard/llm"
)

// hand is what a person does with a server outside of the conversation: calls a
// tool, reads a resource, keeps the traffic. Nothing of it reaches the model. It
// belongs to the loop.
type hand struct {
	h     *Host
	last  int
	tasks task.Group
	// search ends the search for sessions under way; nil before any.
	search context.CancelFunc
}

func newHand(h *Host) *hand { return &hand{h: h, tasks: task.Group{OnPanic: h.fault}} }

// do takes an op of this kind.
func (d *hand) do(ctx context.Context, op Op) {
	switch op := op.(type) {
	case CallTool:
		d.call(ctx, op)
	case ReadResource:
		d.read(ctx, op)
	case SaveWire:
		d.save(op)
	case SaveResult:
		d.saveResult(op)
	case SaveTrace:
		d.saveTrace(op)
	}
}

// call runs one tool because a person said so: that is the approval. Deny rules
// hold all the same.
func (d *hand) call(ctx context.Context, op CallTool) {
	m := d.h.fleet.member(op.Server)
	if m == nil {
		return
	}
	d.last++
	c := &call{
		h: d.h, id: CallID(fmt.Sprintf("hand.%d", d.last)), step: d.h.wall.look(),
		asked: llm.ToolCall{Name: op.Tool, Arguments: op.Arguments},
		tool:  catalog.Tool{ID: catalog.ID{Server: op.Server, Tool: op.Tool}},
	}
	d.tasks.Go("a call of "+clean.Line(c.tool.ID.String())+" by hand", func() {
		d.h.out.Put(CalledByHand{Server: op.Server, Tool: op.Tool, Result: c.finished(c.byHand(ctx, m))})
	})
}

// byHand is [call.attempt] without the stations that choose and ask, and without
// a word to the conversation.
func (c *call) byHand(ctx context.Context, m *member) ending {
	d := c.step.rules.In(ModeAsk).Decide(policy.Call{ID: c.tool.ID, Arguments: c.asked.Arguments, Trust: c.step.trust[c.tool.ID.Server]})
	if d.Effect == policy.Deny {
		return ending{outcome: Refused, text: refusalText(d)}
	}
	release, err := m.slot(ctx)
	if err != nil {
		return ending{outcome: Stopped, text: notRun}
	}
	defer release()
	return c.deliver(ctx, m, nil)
}

// read fetches one resource.
func (d *hand) read(ctx context.Context, op ReadResource) {
	m := d.h.fleet.member(op.Server)
	if m == nil {
		return
	}
	d.tasks.Go("reading a resource of "+clean.Line(op.Server), func() {
		ctx, cancel := context.WithTimeout(ctx, readTimeout)
		defer cancel()
		text, mime, size, err := m.ReadResource(ctx, op.URI)
		e := ResourceRead{Server: op.Server, URI: op.URI, Text: text, MIME: mime, Bytes: size}
		if err != nil {
			e.Text, e.Failed = clean.Foreign(err.Error()), true
		}
		d.h.out.Put(e)
	})
}

// readTimeout bounds the reading of one resource.
const readTimeout = time.Minute

// saveResult writes a result as a whole to files and says where.
func (d *hand) saveResult(op SaveResult) {
	r, found := d.h.shelf.byCall(op.Call)
	if !found {
		d.h.out.Put(Notice{Level: Warn, Text: clean.Foreign("the result of that call is not kept any more")})
		return
	}
	d.tasks.Go("keeping a result", func() {
		paths, err := d.h.saveResult(r)
		if err != nil {
			d.h.out.Put(Notice{Level: Warn, Text: clean.Foreign("the result was not saved: " + err.Error())})
			return
		}
		d.h.out.Put(ResultSaved{Call: op.Call, Paths: paths, Open: op.Open})
	})
}

// saveTrace writes a timeline to a file and says where.
func (d *hand) saveTrace(op SaveTrace) {
	d.tasks.Go("keeping a timeline", func() {
		path, err := d.h.saveTrace(op)
		n := Notice{Level: Info, Text: clean.Foreign("the timeline is in " + path)}
		if err != nil {
			n = Notice{Level: Warn, Text: clean.Foreign("the timeline was not saved: " + err.Error())}
		}
		d.h.out.Put(n)
	})
}

// save writes the recorded traffic of a server to a file and says where.
func (d *hand) save(op SaveWire) {
	m := d.h.fleet.member(op.Server)
	if m == nil {
		return
	}
	d.tasks.Go("keeping the traffic of "+clean.Line(op.Server), func() {
		path, err := d.h.saveWire(m)
		n := Notice{Level: Info, Text: clean.Foreign("the traffic of " + op.Server + " is in " + path)}
		if err != nil {
			n = Notice{Level: Warn, Text: clean.Foreign(fmt.Sprintf("the traffic of %s was not saved: %v", op.Server, err))}
		}
		d.h.out.Put(n)
	})
}

func (h *Host) saveWire(m *member) (path string, err error) {
	if h.opt.StateDir == "" {
		return "", errors.New("there is no folder for it")
	}
	var lines bytes.Buffer
	if err := m.WriteWire(&lines); err != nil {
		return "", err
	}
	name := server.FileName(m.Status().Name) + time.Now().Format("-20060102-150405.000") + ".jsonl"
	path = filepath.Join(h.opt.StateDir, "wire", name)
	return path, disk.WriteFile(path, lines.Bytes())
}
