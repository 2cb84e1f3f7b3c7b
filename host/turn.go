package host

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/host/task"
	"switchboard/llm"
)

// errStopped is why a turn's context ends when the person stops it.
var errStopped = errors.New("stopped by the user")

// A turn is one prompt and all that comes of it: the model is asked, its calls
// run side by side, their results go back, until it answers without a call. It
// owns the conversation while it runs.
type turn struct {
	h       *Host
	number  int
	prompt  string
	history []llm.Message
	offer   *offer
	usage   llm.Usage
	session llm.Usage // of the whole session, this turn included
	steps   int
	calls   int
	needed  []string // servers
	short   int      // how long the history was after it was shortened last
	repeats repeats
	tasks   task.Group // the calls of a step
}

// run leads the turn to its end. Whatever happens, the history it leaves is legal:
// every call has its result.
func (t *turn) run(ctx context.Context) {
	began := time.Now()
	t.tasks.OnPanic = t.h.fault
	t.h.out.Put(TurnStarted{Turn: t.number, Prompt: t.prompt})
	t.say(llm.Say(llm.User, t.prompt))
	t.h.book.sync(ctx)
	// What stands if a panic takes the turn; the screen must not wait for ever.
	finish, failure := FinishFailed, Failure{Kind: "internal", Message: clean.Foreign("the turn was lost to an internal fault")}
	defer func() {
		t.h.out.Put(TurnEnded{
			Turn: t.number, Finish: finish, Steps: t.steps, Usage: t.usage,
			Took: time.Since(began), Failure: failure,
		})
	}()
	finish, failure = t.loop(ctx)
}

// loop asks the model until it wants no more calls.
func (t *turn) loop(ctx context.Context) (Finish, Failure) {
	if t.h.opt.Unattended {
		t.h.await(ctx, func(b *board) bool { return len(b.starting()) == 0 })
	}
	if failure, ok := t.needs(ctx); !ok && ctx.Err() == nil {
		return FinishFailed, failure
	}
	for limit := t.h.opt.MaxSteps; ; {
		if t.steps == limit {
			if !t.mayGoOn(ctx) {
				return t.limited(ctx), Failure{}
			}
			limit += t.h.opt.MaxSteps
		}
		t.steps++
		b := t.h.wall.look()
		done, err := t.ask(ctx, b)
		if ctx.Err() != nil {
			return FinishStopped, Failure{}
		}
		if err != nil {
			return FinishFailed, failureOf(err)
		}
		if len(done.Message.Calls()) == 0 {
			return finishOf(done.Finish), Failure{}
		}
		results := t.call(ctx, b, done.Message)
		circles := t.repeats.note(done.Message.Calls(), results.Parts)
		t.history = append(t.history, results)
		t.h.book.sync(ctx)
		switch {
		case ctx.Err() != nil:
			return FinishStopped, Failure{}
		case circles:
			return FinishRepeated, Failure{}
		}
		t.steer()
	}
}

// mayGoOn asks the person whether a turn that took many steps goes on.
func (t *turn) mayGoOn(ctx context.Context) bool {
	if t.h.opt.Unattended {
		return false
	}
	a, err := t.h.desk.Ask(ctx, GoOn{Turn: t.number, Steps: t.steps})
	_, yes := a.(Proceed)
	return err == nil && yes
}

// limited is how a turn ends at its limit.
func (t *turn) limited(ctx context.Context) Finish {
	if ctx.Err() != nil {
		return FinishStopped
	}
	return FinishStepLimit
}

// steer hands the model what the person has written meanwhile.
func (t *turn) steer() {
	for _, prompt := range t.h.queue.all() {
		t.say(llm.Say(llm.User, prompt))
		t.h.out.Put(TurnSteered{Turn: t.number, Prompt: prompt})
	}
}

// maxRefusals bounds how many tools one step may lose to a provider's refusals.
const maxRefusals = 32

// ask puts the conversation to the model. A tool that the provider refuses costs
// itself: it is set aside, and the request goes again without it, unless part of an
// answer came already.
func (t *turn) ask(ctx context.Context, b *board) (llm.Done, error) {
	r := t.request(b)
	if t.full(r) && t.shorten(ctx) {
		r.Messages = t.history
	}
	t.h.mail.put(promised{b.catalog})
	t.h.out.Put(StepStarted{Turn: t.number, Step: t.steps, Tools: len(r.Tools), Pending: b.starting()})
	before, shortened := len(t.history), false
	for refusals := 0; ; refusals++ {
		t.tellNews()
		done, err := t.stream(ctx, r)
		if tooLong(err) && !shortened && len(t.history) == before && t.shorten(ctx) {
			r.Messages, before, shortened = t.history, len(t.history), true
			continue
		}
		if err == nil {
			t.offer.observe(requestBytes(r), done.Usage.Input)
		}
		if refusals == maxRefusals || len(t.history) > before || !t.offer.refused(err, r.Tools) {
			return done, err
		}
		r.Tools = t.tools(b)
	}
}

// request is what the model is asked at this step.
func (t *turn) request(b *board) llm.Request {
	r := t.h.model().Request
	r.System = systemPrompt(b.servers)
	r.Messages = t.history
	r.Tools = t.tools(b)
	return r
}

// tools are those of the servers as far as the model can be sent them, and the
// host's own.
func (t *turn) tools(b *board) []llm.Tool {
	tools := t.offer.tools(b.catalog.Entries(), t.prompt)
	if t.h.shelf.readable() {
		tools = append(tools, t.offer.own(readResultTool))
	}
	return tools
}

// tellNews tells which tools were set aside, each once.
func (t *turn) tellNews() {
	if news := t.offer.news(); news != "" {
		t.h.out.Put(Notice{Level: Warn, Text: clean.Foreign(news)})
	}
}

// stream sends a request, streams the answer out and puts it into the history, as
// far as it came.
func (t *turn) stream(ctx context.Context, r llm.Request) (llm.Done, error) {
	model := t.h.model()
	var partial strings.Builder
	for e, err := range model.Model.Stream(ctx, r) {
		if err != nil {
			t.keep(partial.String())
			return llm.Done{}, err
		}
		switch e := e.(type) {
		case llm.TextDelta:
			partial.WriteString(string(e))
			t.h.out.Put(Text{t.number, clean.Foreign(string(e))})
		case llm.ReasoningDelta:
			t.h.out.Put(Reasoning{t.number, clean.Foreign(string(e))})
		case llm.CallDelta:
			t.h.out.Put(CallWriting{clean.Foreign(e.Name), e.Bytes})
		case llm.Voided:
			partial.Reset()
			t.h.out.Put(TextVoided{t.number, clean.Foreign(e.Why), e.Wait})
		case llm.Done:
			t.say(e.Message)
			t.count(e.Usage)
			return e, nil
		}
	}
	t.keep(partial.String())
	return llm.Done{}, &llm.Error{
		Kind: llm.Truncated, Provider: model.Model.Info().Provider,
		Message: "the answer stopped before its end", Hint: "send the prompt again",
	}
}

// keep remembers the part of an answer that did come, so that the next prompt can
// refer to it.
func (t *turn) keep(partial string) {
	if strings.TrimSpace(partial) != "" {
		t.say(llm.Say(llm.Assistant, partial+"\n\n[the answer was cut off here]"))
	}
}

// say puts a message into the history and on record.
func (t *turn) say(m llm.Message) {
	t.history = append(t.history, m)
	t.h.book.put(journal.KindMessage, journal.FromMessage(t.number, m))
}

func (t *turn) count(u llm.Usage) {
	t.usage = t.usage.Add(u)
	t.session = t.session.Add(u)
	t.h.out.Put(UsageReported{Step: u, Session: t.session})
}

// call runs the calls of one step side by side and joins their results in the
// order of the calls.
func (t *turn) call(ctx context.Context, b *board, m llm.Message) llm.Message {
	calls := m.Calls()
	results := make([]llm.Part, len(calls))
	for i, asked := range calls {
		results[i] = llm.ToolResult{CallID: asked.ID, Name: asked.Name, IsError: true, Text: lostCall}
		t.calls++
		c := &call{
			h: t.h, step: b, offer: t.offer, asked: asked, says: m.Prose(),
			id: CallID(fmt.Sprintf("%d.%d", t.number, t.calls)),
		}
		c.plan() // here, so that the calls are told in their order
		t.tasks.Go("a call of "+clean.Line(asked.Name), func() {
			r := c.run(ctx)
			results[i] = r
			t.h.book.put(journal.KindReply, journal.Reply(r))
		})
	}
	t.tasks.Wait()
	return llm.Message{Role: llm.ToolRole, Parts: results}
}

// finishOf translates why a complete answer ended.
func finishOf(f llm.Finish) Finish {
	switch f {
	case llm.Length:
		return FinishLength
	case llm.Filtered:
		return FinishFiltered
	}
	return FinishDone
}

// failureOf puts a model's error into words for the person.
func failureOf(err error) Failure {
	var e *llm.Error
	if errors.As(err, &e) {
		return Failure{Kind: string(e.Kind), Message: clean.Foreign(e.Error()), Hint: e.Hint}
	}
	return Failure{Kind: string(llm.Unknown), Message: clean.Foreign(err.Error())}
}
