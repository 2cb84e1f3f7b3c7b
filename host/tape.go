package host

import (
	"encoding/json"
	"fmt"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/llm"
)

// maxKept bounds how much of a result's text is recorded, in bytes.
const maxKept = 8 << 20

// recordOf is how an event is recorded; the kind is "" for one that is not. Text
// is held and recorded in larger pieces, see [book.hold].
func recordOf(e Event) (kind string, data any) {
	switch e := e.(type) {
	case TurnStarted:
		return journal.KindTurn, journal.Turn{Turn: e.Turn, Prompt: e.Prompt}
	case TurnQueued:
		return journal.KindQueued, journal.Turn{Prompt: e.Prompt}
	case TurnDropped:
		return journal.KindDropped, journal.Turn{Prompt: e.Prompt}
	case TurnSteered:
		return journal.KindSteered, journal.Turn(e)
	case TurnRecalled:
		return journal.KindRecalled, journal.Turn{Prompt: e.Prompt}
	case StepStarted:
		return journal.KindStep, journal.Step(e)
	case TextVoided:
		return journal.KindVoided, journal.Voided{Turn: e.Turn, Why: e.Why.Raw(), Wait: e.Wait}
	case TurnEnded:
		return journal.KindEnd, endOf(e)
	case UsageReported:
		return journal.KindUsage, journal.Usage(e.Step)
	case Notice:
		return journal.KindNotice, journal.Notice{Level: string(e.Level), Text: e.Text.Raw()}
	case ModelChosen:
		return journal.KindModel, journal.Model{Provider: e.Provider, Name: e.Name, Why: e.Why, Offline: e.Offline}
	case ServerChanged:
		s := e.Server
		return journal.KindHealth, journal.Health{
			Server: s.Name, State: string(s.State), Since: s.Since, Reason: s.Reason.Raw(), Tools: s.Tools, Builtin: s.Builtin,
		}
	}
	return recordOfCall(e)
}

// recordOfCall is [recordOf] for what happens to calls.
func recordOfCall(e Event) (kind string, data any) {
	switch e := e.(type) {
	case CallPlanned:
		return journal.KindCall, journal.Call{ID: string(e.ID), Name: e.Name.Raw(), Server: e.Server, Tool: e.Tool, Arguments: e.Arguments}
	case CallDecided:
		return journal.KindDecision, journal.Decision{
			ID: string(e.ID), Server: e.Server, Tool: e.Tool, Decision: string(e.Decision), Rule: e.Rule,
			Reasons: e.Reasons, Definition: e.Definition, Arguments: e.Arguments,
		}
	case CallAnswered:
		return journal.KindApproval, journal.Approval{
			ID: string(e.ID), Approved: e.Approved, Scope: string(e.Scope), Grant: e.Grant, Reason: e.Reason,
			Arguments: e.Arguments, Wait: e.Wait,
		}
	case CallStarted:
		return journal.KindSent, journal.Sent{ID: string(e.ID), Server: e.Server, Tool: e.Tool, Arguments: e.Arguments, Edited: e.Edited}
	case CallFinished:
		return journal.KindResult, journal.Result{
			ID: string(e.ID), Server: e.Server, Tool: e.Tool, Outcome: string(e.Outcome),
			Text: cut(e.Text.Raw(), maxKept, ""), Bytes: e.Bytes, Wait: e.Wait, Took: e.Took,
		}
	case Asked:
		return journal.KindAsked, questionOf(e)
	}
	return "", nil
}

func endOf(e TurnEnded) journal.End {
	end := journal.End{Turn: e.Turn, Finish: string(e.Finish), Steps: e.Steps, Usage: journal.Usage(e.Usage), Took: e.Took}
	if e.Finish == FinishFailed {
		end.Failure = &journal.Failure{Kind: e.Failure.Kind, Message: e.Failure.Message.Raw(), Hint: e.Failure.Hint}
	}
	return end
}

func questionOf(e Asked) journal.Question {
	q := journal.Question{ID: int(e.ID)}
	switch question := e.Question.(type) {
	case Approval:
		q.Kind, q.Call, q.Name = "approval", string(question.Call), question.Tool.ID.String()
	case Collision:
		q.Kind, q.Call, q.Name = "collision", string(question.Call), question.Name
	case ResultReview:
		q.Kind, q.Call, q.Name = "result", string(question.Call), question.Tool.ID.String()
	}
	return q
}

// answerOf is how the person's answer is recorded.
func answerOf(op AnswerQuestion) journal.Answer {
	a := journal.Answer{Question: int(op.ID)}
	a.Kind = strings.TrimPrefix(fmt.Sprintf("%T", op.Answer), "host.")
	a.Detail, _ = json.Marshal(op.Answer) // an answer that has no JSON is known by its kind
	return a
}

// eventOf is the event that a record tells of; nil for one that tells of none. A
// record whose data cannot be read is passed over like one of an unknown type.
func eventOf(r journal.Record) Event {
	switch r.Type {
	case journal.KindTurn:
		return read(r, func(t journal.Turn) Event { return TurnStarted(t) })
	case journal.KindStep:
		return read(r, func(s journal.Step) Event { return StepStarted(s) })
	case journal.KindText:
		return read(r, func(t journal.Text) Event { return Text{t.Turn, clean.Foreign(t.Text)} })
	case journal.KindReasoning:
		return read(r, func(t journal.Text) Event { return Reasoning{t.Turn, clean.Foreign(t.Text)} })
	case journal.KindVoided:
		return read(r, func(v journal.Voided) Event { return TextVoided{v.Turn, clean.Foreign(v.Why), v.Wait} })
	case journal.KindEnd:
		return read(r, ended)
	case journal.KindSteered:
		return read(r, func(t journal.Turn) Event { return TurnSteered(t) })
	case journal.KindDropped:
		return read(r, func(t journal.Turn) Event { return TurnDropped{t.Prompt} })
	case journal.KindNotice:
		return read(r, func(n journal.Notice) Event { return Notice{Level(n.Level), clean.Foreign(n.Text)} })
	case journal.KindSplice:
		return read(r, undone)
	case journal.KindModel:
		return read(r, func(m journal.Model) Event {
			return ModelChosen{Provider: m.Provider, Name: m.Name, Why: m.Why, Offline: m.Offline}
		})
	case journal.KindHealth:
		return read(r, healthTold)
	}
	return eventOfCall(r)
}

// eventOfCall is [eventOf] for what happened to calls.
func eventOfCall(r journal.Record) Event {
	switch r.Type {
	case journal.KindCall:
		return read(r, func(c journal.Call) Event {
			return CallPlanned{CallID(c.ID), clean.Foreign(c.Name), c.Server, c.Tool, c.Arguments}
		})
	case journal.KindDecision:
		return read(r, func(d journal.Decision) Event {
			return CallDecided{
				ID: CallID(d.ID), Server: d.Server, Tool: d.Tool, Decision: Decision(d.Decision), Rule: d.Rule,
				Reasons: d.Reasons, Definition: d.Definition, Arguments: d.Arguments,
			}
		})
	case journal.KindSent:
		return read(r, func(s journal.Sent) Event {
			return CallStarted{ID: CallID(s.ID), Server: s.Server, Tool: s.Tool, Arguments: s.Arguments, Edited: s.Edited}
		})
	case journal.KindApproval:
		return read(r, func(a journal.Approval) Event {
			return CallAnswered{
				ID: CallID(a.ID), Approved: a.Approved, Scope: Scope(a.Scope), Grant: a.Grant, Reason: a.Reason,
				Arguments: a.Arguments, Wait: a.Wait,
			}
		})
	case journal.KindResult:
		return read(r, func(f journal.Result) Event {
			return CallFinished{
				ID: CallID(f.ID), Server: f.Server, Tool: f.Tool, Outcome: Outcome(f.Outcome),
				Text: clean.Foreign(f.Text), Bytes: f.Bytes, Wait: f.Wait, Took: f.Took,
			}
		})
	}
	return nil
}

func read[T any](r journal.Record, event func(T) Event) Event {
	data, err := journal.Decode[T](r)
	if err != nil {
		return nil
	}
	return event(data)
}

func ended(e journal.End) Event {
	end := TurnEnded{Turn: e.Turn, Finish: Finish(e.Finish), Steps: e.Steps, Usage: llm.Usage(e.Usage), Took: e.Took}
	if e.Failure != nil {
		end.Failure = Failure{e.Failure.Kind, clean.Foreign(e.Failure.Message), e.Failure.Hint}
	}
	return end
}

func undone(s journal.Splice) Event {
	if s.Why != journal.SpliceUndo {
		return nil
	}
	return TurnUndone{Turn: s.Turn}
}

func healthTold(h journal.Health) Event {
	return ServerChanged{ServerStatus{
		Name: h.Server, State: ServerState(h.State), Since: h.Since, Reason: clean.Foreign(h.Reason), Tools: h.Tools, Builtin: h.Builtin,
	}}
}
