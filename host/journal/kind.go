package journal

import (
	"encoding/json"
	"time"
)

// Version is that of the records below. A reader of an older one passes over the
// types it does not know.
const Version = 1

// The types of records, with what their data is.
const (
	KindSession   = "session"     // [Header], the first of a file
	KindTurn      = "turn"        // [Turn]: a prompt was accepted
	KindQueued    = "queued"      // [Turn] without a number: it waits for the running one
	KindSteered   = "steered"     // [Turn]: what waited goes to the model in mid-turn
	KindRecalled  = "recalled"    // [Turn] without a number: the person took it back
	KindDropped   = "dropped"     // [Turn] without a number: it was not sent
	KindStep      = "step"        // [Step]: the model is asked
	KindText      = "text"        // [Text] as it arrived
	KindReasoning = "reasoning"   // [Text]
	KindVoided    = "voided"      // [Voided]: the step's text does not count
	KindMessage   = "message"     // [Message] of the model's history
	KindReply     = "tool_result" // [Reply]: what the model reads of a call
	KindCall      = "call"        // [Call] as the model proposed it
	KindDecision  = "decision"    // [Decision] of the rules
	KindAsked     = "asked"       // [Question]
	KindAnswer    = "answer"      // [Answer] of the person to a question
	KindApproval  = "approval"    // [Approval]: what that means for a call
	KindSent      = "sent"        // [Sent]: the call goes to its server
	KindResult    = "result"      // [Result]: how the call ended
	KindEnd       = "end"         // [End] of a turn
	KindSplice    = "splice"      // [Splice] of the model's history
	KindUsage     = "usage"       // [Usage] of one answer
	KindNotice    = "notice"      // [Notice]
	KindCancel    = "cancel"      // {}: the person stopped the turn
	KindModel     = "model"       // [Model]: another one answers from here on
	KindHealth    = "health"      // [Health]: a server's state changed
	KindTools     = "tools"       // [Tools]: the definitions a server offers
)

// A Header opens a session.
type Header struct {
	Version int      `json:"version"`
	ID      string   `json:"id"`
	Program string   `json:"program"` // the version of this program
	Dir     string   `json:"dir"`     // where it was started
	Parent  *Origin  `json:"parent,omitempty"`
	Model   Model    `json:"model"`
	Servers []Server `json:"servers"`
}

// An Origin is where a branch left its parent.
type Origin struct {
	ID   string `json:"id"`
	Turn int    `json:"turn"` // the first turn that the branch does not share
}

// A Model is what answers.
type Model struct {
	Provider string `json:"provider"`
	Name     string `json:"name"`
	Why      string `json:"why,omitempty"`
	Offline  bool   `json:"offline,omitempty"`
}

// A Server is an entry of the configuration.
type Server struct {
	Name     string `json:"name"`
	Identity string `json:"identity"` // of what it launches or reaches: "sha256:…"
}

// A Turn is a prompt with a number, from 1.
type Turn struct {
	Turn   int    `json:"turn"`
	Prompt string `json:"prompt"`
}

// A Step is one question to the model.
type Step struct {
	Turn    int      `json:"turn"`
	Step    int      `json:"step"`
	Tools   int      `json:"tools"`
	Pending []string `json:"pending,omitempty"`
}

// Text is a piece of what the model says.
type Text struct {
	Turn int    `json:"turn"`
	Text string `json:"text"`
}

// Voided takes back what the model said in this step.
type Voided struct {
	Turn int           `json:"turn"`
	Why  string        `json:"why"`
	Wait time.Duration `json:"wait_ns"`
}

// A Call is what the model asked for, with the proposed arguments.
type Call struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Server    string          `json:"server,omitempty"`
	Tool      string          `json:"tool,omitempty"`
	Arguments json.RawMessage `json:"proposed"`
}

// A Decision is what the rules said of a call.
type Decision struct {
	ID       string `json:"id"`
	Server   string `json:"server"`
	Tool     string `json:"tool"`
	Decision string `json:"decision"`
	Rule     string `json:"rule,omitempty"`
	// Reasons say what else spoke for or against the call.
	Reasons    []string        `json:"reasons,omitempty"`
	Definition string          `json:"definition,omitempty"` // hash of the tool's definition
	Arguments  json.RawMessage `json:"proposed,omitempty"`   // as they would go to the server
}

// A Question was put to the person.
type Question struct {
	ID   int    `json:"id"`
	Kind string `json:"kind"`
	Call string `json:"call,omitempty"`
	Name string `json:"name,omitempty"`
}

// An Answer settled a question; Detail is all of it.
type Answer struct {
	Question int             `json:"question"`
	Kind     string          `json:"kind"`
	Detail   json.RawMessage `json:"detail"`
}

// An Approval is what the person said of a call.
type Approval struct {
	ID        string          `json:"id"`
	Approved  bool            `json:"approved"`
	Scope     string          `json:"scope,omitempty"`
	Grant     string          `json:"grant,omitempty"`  // the rule that the answer made
	Reason    string          `json:"reason,omitempty"` // of a denial
	Arguments json.RawMessage `json:"arguments,omitempty"`
	Wait      time.Duration   `json:"wait_ns"`
}

// Sent is what goes to the server.
type Sent struct {
	ID        string          `json:"id"`
	Server    string          `json:"server"`
	Tool      string          `json:"tool"`
	Arguments json.RawMessage `json:"effective"` // byte for byte, secrets aside
	Edited    bool            `json:"edited,omitempty"`
}

// A Result is how a call ended.
type Result struct {
	ID      string        `json:"id"`
	Server  string        `json:"server,omitempty"`
	Tool    string        `json:"tool,omitempty"`
	Outcome string        `json:"outcome"`
	Text    string        `json:"text"`
	Bytes   int           `json:"bytes"`
	Wait    time.Duration `json:"wait_ns"` // for the person
	Took    time.Duration `json:"took_ns"` // in the server
}

// An End closes a turn.
type End struct {
	Turn    int           `json:"turn"`
	Finish  string        `json:"finish"`
	Steps   int           `json:"steps"`
	Usage   Usage         `json:"usage"`
	Took    time.Duration `json:"took_ns"`
	Failure *Failure      `json:"failure,omitempty"`
}

// A Failure is why a turn failed.
type Failure struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// Why the model's history was changed.
const (
	SpliceUndo    = "undo"
	SpliceCompact = "compact"
	SpliceClear   = "clear"
)

// A Splice replaces a stretch of the model's history: of its messages those from
// From up to, not including, To. Nothing of the file is lost by that.
type Splice struct {
	Why  string    `json:"why"`
	From int       `json:"from"`
	To   int       `json:"to"`
	With []Message `json:"with,omitempty"`
	// Turn is the first turn that an undo takes off the screen; 0 for none.
	Turn int `json:"turn,omitempty"`
}

// Usage counts tokens, as the model's vocabulary does.
type Usage struct {
	Input     int `json:"input"`
	Cached    int `json:"cached"`
	Output    int `json:"output"`
	Reasoning int `json:"reasoning"`
}

// A Notice is what the person was told beside the conversation.
type Notice struct {
	Level string `json:"level"`
	Text  string `json:"text"`
}

// Health is the state of a server.
type Health struct {
	Server  string    `json:"server"`
	State   string    `json:"state"`
	Since   time.Time `json:"since"`
	Reason  string    `json:"reason,omitempty"`
	Tools   int       `json:"tools"`
	Builtin bool      `json:"builtin,omitempty"`
}

// Tools are the definitions of a server's tools, by name: their hashes.
type Tools struct {
	Server      string            `json:"server"`
	Definitions map[string]string `json:"definitions"`
}
