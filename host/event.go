package host

import (
	"encoding/json"
	"time"

	"switchboard/host/clean"
	"switchboard/host/server"
	"switchboard/llm"
)

// An Event tells what happened, in order. Events are values: they hold no
// pointer into the host and no channel, so they can be written down and played
// back.
type Event interface{ event() }

// ServerStatus, ServerState and Usage are the plain types of the packages below,
// so that listeners need not import those.
type (
	ServerStatus = server.Status
	ServerState  = server.State
	Usage        = llm.Usage
)

// The states of a server, as [server] defines them.
const (
	ServerDisabled = server.Disabled
	ServerNeedsYou = server.NeedsYou
	ServerStarting = server.Starting
	ServerReady    = server.Ready
	ServerDegraded = server.Degraded
	ServerStopping = server.Stopping
	ServerStopped  = server.Stopped
	ServerFailed   = server.Failed

	ServerUntrusted = server.Untrusted
	ServerBackoff   = server.Backoff
)

// CallID names a tool call for as long as the host lives.
type CallID string

// ModelChosen says which model answers and why this one.
type ModelChosen struct {
	Provider, Name string
	Why            string // a clause: "the configuration names it"
	Offline        bool
	Ref            ModelRef // its place among [ModelsListed]
	Window         int      // tokens; 0 when unknown
}

// ServerChanged carries a server's newest status.
type ServerChanged struct{ Server ServerStatus }

// CatalogChanged tells that the tools for the model changed.
type CatalogChanged struct {
	Tools      int      // names the model is offered
	Unresolved []string // names that wait for a person's choice
}

// TurnStarted opens a turn.
type TurnStarted struct {
	Turn   int
	Prompt string // as the person wrote it
}

// TurnQueued tells that a prompt waits for the running turn's next step.
type TurnQueued struct{ Prompt string }

// TurnSteered tells that a prompt that waited went to the model within the turn.
type TurnSteered struct {
	Turn   int
	Prompt string
}

// TurnRecalled gives a prompt that waited back to the person.
type TurnRecalled struct{ Prompt string }

// TurnDropped tells that a prompt that waited was not sent, because the person
// stopped the turn before it.
type TurnDropped struct{ Prompt string }

// StepStarted tells that the model is asked, for the first time or with results.
type StepStarted struct {
	Turn, Step int      // from 1
	Tools      int      // offered in this step
	Pending    []string // servers that are still starting
}

// Text is the next piece of the model's answer.
type Text struct {
	Turn int
	Text clean.Text
}

// Reasoning is the next piece of the model's reasoning.
type Reasoning struct {
	Turn int
	Text clean.Text
}

// TextVoided tells that what came of this step's answer, text and reasoning, does
// not count: the model is asked again.
type TextVoided struct {
	Turn int
	Why  clean.Text
	Wait time.Duration // before it is asked
}

// CallWriting tells that the model is writing a call.
type CallWriting struct {
	Name  clean.Text
	Bytes int // of arguments so far
}

// CallPlanned tells that the model asked for a call.
type CallPlanned struct {
	ID        CallID
	Name      clean.Text      // as the model said it
	Server    string          // empty while a choice is open
	Tool      string          // the raw name; empty while a choice is open
	Arguments json.RawMessage // a JSON object
}

// Decision is what policy said of a call.
type Decision string

// The decisions.
const (
	Allowed Decision = "allow"
	Denied  Decision = "deny"
	Asking  Decision = "ask"
)

// CallDecided tells where a call goes and what the rules say of it. An ask is
// followed by [Asked].
type CallDecided struct {
	ID           CallID
	Server, Tool string
	Decision     Decision
	Rule         string // the rule that decided, in its written form; "" for none
	// Reasons say what else spoke for or against the call; safe to show.
	Reasons []string
	// Arguments are those that the model proposed, as they would go to the server.
	Arguments json.RawMessage
	// Definition is the hash of the tool's definition that was decided about.
	Definition string
}

// CallAnswered tells what the person said of a call, before it goes out. A call may
// be asked about, and answered, more than once.
type CallAnswered struct {
	ID       CallID
	Question QuestionID
	Approved bool
	Scope    Scope
	Grant    string // the rule that the answer made, in its written form; "" for none
	Reason   string // of a denial
	// Arguments are those that were approved, the person's own where they changed
	// them; nil for a denial.
	Arguments json.RawMessage
	Wait      time.Duration // until the answer
}

// CallStarted tells that the call goes to its server, just before it does.
type CallStarted struct {
	ID           CallID
	Server, Tool string
	Arguments    json.RawMessage // byte for byte as they are sent
	Edited       bool            // the person changed them
}

// CallProgress is a server's own report on a call.
type CallProgress struct {
	ID              CallID
	Progress, Total float64 // Total is 0 when the server named none
	Message         clean.Text
}

// Outcome is how a call ended.
type Outcome string

// The outcomes of a call.
const (
	Succeeded Outcome = "ok"
	ToolError Outcome = "tool error" // the tool ran and reported an error
	CallError Outcome = "failed"     // the call did not come back: transport, timeout, protocol, bad arguments
	Refused   Outcome = "denied"
	Stopped   Outcome = "stopped"
)

// CallFinished ends a call. Every [CallPlanned] gets one.
type CallFinished struct {
	ID           CallID
	Server, Tool string
	Outcome      Outcome
	Text         clean.Text    // what the model reads
	Bytes        int           // size of the server's answer
	Wait         time.Duration // for the person
	Took         time.Duration // in the server
}

// Asked puts a question to the person.
type Asked struct {
	ID       QuestionID
	Question Question
	At       time.Time
}

// Withdrawn takes a question back: it was answered, or nobody needs the answer.
type Withdrawn struct {
	ID QuestionID
	// Why is set where it was taken back although it was not answered and the call
	// goes on, such as a definition that changed; another question may follow.
	Why string
}

// UsageReported carries what an answer cost, and the session's sum.
type UsageReported struct{ Step, Session Usage }

// Level is how loud a notice is.
type Level string

// The levels of a notice.
const (
	Info  Level = "info"
	Warn  Level = "warn"
	Fault Level = "fault" // a defect of our own
)

// Notice is something the person should know that belongs to no call.
type Notice struct {
	Level Level
	Text  clean.Text
}

// A Failure is why a turn failed, in words for a person.
type Failure struct {
	Kind    string
	Message clean.Text
	Hint    string
}

// TurnEnded closes a turn.
type TurnEnded struct {
	Turn   int
	Finish Finish
	Steps  int
	Usage  Usage
	Took   time.Duration
	// Failure is the zero value unless Finish is [FinishFailed].
	Failure Failure
}

// Finish is how a turn ended.
type Finish string

// The ways a turn ends.
const (
	FinishDone      Finish = "done"
	FinishLength    Finish = "length" // the model's output limit cut the answer
	FinishFiltered  Finish = "filtered"
	FinishStepLimit Finish = "step limit"
	FinishRepeated  Finish = "repeated call" // the same call, again and again, with the same result
	FinishStopped   Finish = "stopped"       // by the person
	FinishFailed    Finish = "failed"
)

func (ModelChosen) event()    {}
func (ServerChanged) event()  {}
func (CatalogChanged) event() {}
func (TurnStarted) event()    {}
func (TurnQueued) event()     {}
func (TurnDropped) event()    {}
func (TurnSteered) event()    {}
func (TurnRecalled) event()   {}
func (StepStarted) event()    {}
func (Text) event()           {}
func (Reasoning) event()      {}
func (TextVoided) event()     {}
func (CallWriting) event()    {}
func (CallPlanned) event()    {}
func (CallDecided) event()    {}
func (CallAnswered) event()   {}
func (CallStarted) event()    {}
func (CallProgress) event()   {}
func (CallFinished) event()   {}
func (Asked) event()          {}
func (Withdrawn) event()      {}
func (UsageReported) event()  {}
func (Notice) event()         {}
func (TurnEnded) event()      {}
