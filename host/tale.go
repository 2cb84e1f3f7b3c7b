package host

import (
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/llm"
)

// lostWithSession is what the model reads of a call whose session ended first.
const lostWithSession = "the session ended before the answer; the call may have taken effect"

// cutOff follows what there is of an answer that was not finished.
const cutOff = "\n\n[the answer was cut off here]"

// A turnStart is where a turn begins in the model's history.
type turnStart struct {
	turn   int
	at     int
	prompt string
}

// A tale is what a journal tells of a session: what was on the screen, and what the
// model knows, made legal where the session broke off.
type tale struct {
	header  journal.Header
	events  []timed
	history []llm.Message
	starts  []turnStart
	turns   int
	session llm.Usage

	open    int            // the turn that has not ended; 0 for none
	partial string         // of the answer under way
	asked   []llm.ToolCall // that have no message of results yet
	ids     []CallID       // of these, in order
	replies map[string]llm.ToolResult
	results map[CallID]string // of calls that have ended, as far as the open turn goes
	queued  []string
}

// A timed event is one with the time at which it was told.
type timed struct {
	at    time.Time
	event Event
}

func newTale() *tale {
	return &tale{replies: map[string]llm.ToolResult{}, results: map[CallID]string{}}
}

// take reads the next record.
func (p *tale) take(r journal.Record) bool {
	if r.Type == journal.KindTurn {
		p.settle(r.Time)
	}
	if e := eventOf(r); e != nil {
		p.events = append(p.events, timed{r.Time, e})
		p.follow(e)
	}
	switch r.Type {
	case journal.KindSession:
		if h, err := journal.Decode[journal.Header](r); err == nil {
			p.header = h
		}
	case journal.KindMessage:
		if m, err := journal.Decode[journal.Message](r); err == nil {
			p.say(m.Message())
		}
	case journal.KindReply:
		if reply, err := journal.Decode[journal.Reply](r); err == nil {
			p.replies[reply.CallID] = llm.ToolResult(reply)
		}
	case journal.KindSplice:
		if s, err := journal.Decode[journal.Splice](r); err == nil {
			p.splice(s)
		}
	case journal.KindUsage:
		if u, err := journal.Decode[journal.Usage](r); err == nil {
			p.session = p.session.Add(llm.Usage(u))
		}
	case journal.KindQueued:
		if t, err := journal.Decode[journal.Turn](r); err == nil {
			p.queued = append(p.queued, t.Prompt)
		}
	case journal.KindRecalled:
		p.queued = p.queued[:max(0, len(p.queued)-1)]
	}
	return true
}

// follow keeps account of the open turn.
func (p *tale) follow(e Event) {
	switch e := e.(type) {
	case TurnStarted:
		p.open, p.turns = e.Turn, max(p.turns, e.Turn)
		p.starts = append(p.starts, turnStart{e.Turn, len(p.history), e.Prompt})
		p.unqueue(e.Prompt)
	case TurnSteered:
		p.unqueue(e.Prompt)
	case TurnDropped:
		p.unqueue(e.Prompt)
	case StepStarted, TextVoided:
		p.partial = ""
	case Text:
		p.partial += e.Text.Raw()
	case CallPlanned:
		p.ids = append(p.ids, e.ID)
	case CallFinished:
		p.results[e.ID] = e.Text.Raw()
	case TurnEnded:
		p.join()
		p.open, p.partial = 0, ""
	}
}

// unqueue strikes the first prompt that waits and reads so.
func (p *tale) unqueue(prompt string) {
	for i, q := range p.queued {
		if q == prompt {
			p.queued = append(p.queued[:i:i], p.queued[i+1:]...)
			return
		}
	}
}

// say puts a message into the history, behind the results of the calls before it.
func (p *tale) say(m llm.Message) {
	p.join()
	p.history = append(p.history, m)
	if m.Role == llm.Assistant {
		p.asked, p.ids, p.partial = m.Calls(), nil, ""
	}
}

// join makes the message of results for the calls that wait for one. What the model
// was given is taken where it is known, else the result as it came, else that there
// is none.
func (p *tale) join() {
	if len(p.asked) == 0 {
		return
	}
	m := llm.Message{Role: llm.ToolRole}
	for i, c := range p.asked {
		r, known := p.replies[c.ID]
		if !known {
			r = llm.ToolResult{CallID: c.ID, Name: c.Name, IsError: true, Text: lostWithSession}
			if i < len(p.ids) && p.results[p.ids[i]] != "" {
				r.Text, r.IsError = cut(p.results[p.ids[i]], resultLimit, ""), false
			}
		}
		m.Parts = append(m.Parts, r)
	}
	clear(p.replies)
	p.asked = nil
	p.history = append(p.history, m)
}

// splice replaces a stretch of the history. Turns that began in it begin nowhere
// any more, later ones elsewhere.
func (p *tale) splice(s journal.Splice) {
	p.join()
	p.history, p.starts = spliced(p.history, p.starts, s)
}

// spliced is what a splice makes of a history and of where its turns begin.
func spliced(history []llm.Message, starts []turnStart, s journal.Splice) ([]llm.Message, []turnStart) {
	from := min(max(0, s.From), len(history))
	to := min(max(from, s.To), len(history))
	next := append([]llm.Message(nil), history[:from]...)
	for _, m := range s.With {
		next = append(next, m.Message())
	}
	next = append(next, history[to:]...)
	var left []turnStart
	for _, t := range starts {
		switch {
		case t.at >= to:
			t.at += len(next) - len(history)
		case t.at >= from:
			continue
		}
		left = append(left, t)
	}
	return next, left
}

// settle closes a turn that the journal leaves open: the program ended in it.
func (p *tale) settle(at time.Time) {
	if p.open == 0 {
		return
	}
	for _, id := range p.ids {
		if _, ended := p.results[id]; !ended {
			p.events = append(p.events, timed{at, CallFinished{ID: id, Outcome: Stopped, Text: clean.Foreign(lostWithSession)}})
		}
	}
	p.join()
	if strings.TrimSpace(p.partial) != "" {
		p.history = append(p.history, llm.Say(llm.Assistant, p.partial+cutOff))
	}
	p.events = append(p.events, timed{at, TurnEnded{Turn: p.open, Finish: FinishFailed, Failure: Failure{
		Kind: "ended", Message: clean.Foreign("the program ended before this turn did"), Hint: "/retry sends the prompt again",
	}}})
	for _, prompt := range p.queued {
		p.events = append(p.events, timed{at, Notice{Warn, clean.Foreign("not sent before the session ended: " + prompt)}})
	}
	p.open, p.partial, p.queued, p.ids = 0, "", nil, nil
	clear(p.results)
}

// told are the events that make the conversation again. What was said of servers
// and of the configuration belonged to its day.
func (p *tale) told() []Event {
	var all []Event
	in := false
	for _, t := range p.events {
		switch t.event.(type) {
		case ServerChanged, ModelChosen, CallStarted:
			continue
		case Notice:
			if !in {
				continue
			}
		case TurnStarted:
			in = true
		case TurnEnded:
			in = false
		}
		all = append(all, t.event)
	}
	return joinText(all)
}
