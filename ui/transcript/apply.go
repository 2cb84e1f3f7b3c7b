package transcript

import (
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
)

// Apply takes what the host tells. Events that belong to no conversation are
// ignored.
func (t *Transcript) Apply(e host.Event, now time.Time) {
	t.pen.now = now
	switch e := e.(type) {
	case host.TurnStarted:
		t.begin(e)
	case host.StepStarted:
		t.endWriting(false)
		t.step = t.items.n
	case host.TextVoided:
		t.void(e)
	case host.Text:
		t.write(e.Text)
	case host.Reasoning:
		t.think(e.Text)
	case host.CallPlanned:
		t.endWriting(false)
		t.calls[e.ID] = t.add(newCall(e))
	case host.CallDecided:
		t.change(e.ID, func(c *call) { c.route(e.Server, e.Tool); c.decided(e.Decision) })
	case host.CallStarted:
		t.change(e.ID, func(c *call) { c.route(e.Server, e.Tool); c.start(now) })
	case host.CallProgress:
		t.change(e.ID, func(c *call) { c.report(e) })
	case host.CallFinished:
		t.spent.add(e)
		t.change(e.ID, func(c *call) { c.route(e.Server, e.Tool); c.finish(e) })
	case host.Notice:
		t.endWriting(false)
		t.add(newNotice(e))
	case host.Compacted:
		t.endWriting(false)
		t.add(newSummary(e))
	case host.Cleared:
		t.endWriting(false)
		t.add(newNotice(host.Notice{Level: host.Info, Text: clean.Foreign("A new conversation begins here. The model knows nothing of what stands above.")}))
	case host.TurnSteered:
		t.endWriting(false)
		t.add(newPrompt(e.Prompt))
	case host.TurnDropped:
		t.endWriting(false)
		t.add(newNotice(host.Notice{Level: host.Warn, Text: clean.Foreign("Not sent, because you stopped: " + e.Prompt)}))
	case host.TurnEnded:
		t.end(e)
	case host.TurnUndone:
		t.undo(e.Turn)
	case host.ServerChanged:
		t.served, t.builtin = true, t.builtin || e.Server.Builtin
	}
}

func (t *Transcript) begin(e host.TurnStarted) {
	t.spent = tally{}
	t.started = true
	t.turns[e.Turn] = t.add(newPrompt(e.Prompt))
}

// write adds to the answer at the end, or begins one. Blank text begins nothing.
func (t *Transcript) write(text clean.Text) {
	last := t.items.n - 1
	if a, ok := t.last().(*answer); ok && !a.ended() {
		a.write(text.Raw())
		t.touch(last)
		return
	}
	if strings.TrimSpace(text.Raw()) == "" {
		return
	}
	t.endWriting(false)
	a := newAnswer(&t.pen)
	a.write(text.Raw())
	t.add(a)
}

func (t *Transcript) think(text clean.Text) {
	if r, ok := t.last().(*reasoning); ok && !r.done {
		r.write(text.Raw())
		t.touch(t.items.n - 1)
		return
	}
	if strings.TrimSpace(text.Raw()) == "" {
		return
	}
	t.endWriting(false)
	r := &reasoning{}
	r.write(text.Raw())
	t.add(r)
}

// last is the item at the end. Places of the past in which nothing is to be seen
// do not count.
func (t *Transcript) last() item {
	for i := t.items.n - 1; i >= 0; i-- {
		it := t.at(i).item
		if it != (gone{}) || i >= len(t.past) {
			return it
		}
	}
	return nil
}

// endWriting closes what the model was writing; cut tells that it meant to go on.
func (t *Transcript) endWriting(cut bool) {
	switch it := t.last().(type) {
	case *answer:
		if !it.ended() {
			it.end(cut)
		}
	case *reasoning:
		it.end()
	default:
		return
	}
	t.touch(t.items.n - 1)
}

// change does something to a call, and keeps the list of those that run.
func (t *Transcript) change(id host.CallID, do func(*call)) {
	i, ok := t.calls[id]
	if !ok {
		return
	}
	c, ok := t.at(i).item.(*call)
	if !ok || c.state == finished {
		return
	}
	do(c)
	t.touch(i)
	delete(t.running, i)
	switch c.state {
	case running:
		t.running[i] = c
	case finished:
		delete(t.calls, id)
	}
}

// end closes the turn. An answer that was being written when it went wrong is
// marked as cut.
func (t *Transcript) end(e host.TurnEnded) {
	t.endWriting(e.Finish != host.FinishDone && e.Finish != host.FinishStepLimit && e.Finish != host.FinishRepeated)
	t.add(newEnding(e, t.spent))
}
