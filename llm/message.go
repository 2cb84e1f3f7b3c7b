package llm

import "encoding/json"

// Role says who a message is from.
type Role string

// The roles of a conversation. Instructions travel in [Request.System].
const (
	User      Role = "user"
	Assistant Role = "assistant"
	ToolRole  Role = "tool"
)

// A Message is one entry of the conversation. A tool message holds [ToolResult]
// parts alone, an assistant message any of [Text], [Reasoning] and [ToolCall], a
// user's message [Text] and [Image].
type Message struct {
	Role  Role
	Parts []Part
	// Opaque is what the same provider must get back with this message
	// (reasoning it signed, for one); nil for most.
	Opaque *Opaque
}

// Opaque is a provider's own data. It goes back to that provider untouched and
// to no other.
type Opaque struct {
	Provider string
	Data     json.RawMessage
}

// A Part is one piece of a message: [Text], [Image], [Reasoning], [ToolCall] or
// [ToolResult].
type Part interface{ part() }

// Text is plain or markdown prose.
type Text string

// An Image is a picture for models that see; others read a line about it.
type Image struct {
	MIME string // such as image/png
	Data []byte // the file itself, not in base64
}

// Reasoning is what the model thought aloud before it answered.
type Reasoning string

// A ToolCall is the model's wish to have a tool called.
type ToolCall struct {
	// ID ties the result to the call: 9 of [a-zA-Z0-9], a form that every
	// provider accepts.
	ID   string
	Name string // the tool's name as the model said it
	// Arguments is always a JSON object.
	Arguments json.RawMessage
	// Malformed is the text that the model sent where it was not a JSON object;
	// Arguments is then {} and the call must not run.
	Malformed string
	// Opaque is a provider's signature on the call; nil for most.
	Opaque *Opaque
}

// A ToolResult answers the [ToolCall] with the same ID.
type ToolResult struct {
	CallID string
	Name   string // as in the call
	Text   string // never empty
	// From names the server whose words Text are; a model is told that they are
	// data from outside. Empty for words of our own.
	From string
	// Notes are the host's own words on the result, each a sentence, which stand
	// before it and outside of what is marked as data.
	Notes   []string
	Images  []Image
	IsError bool
}

func (Text) part()       {}
func (Image) part()      {}
func (Reasoning) part()  {}
func (ToolCall) part()   {}
func (ToolResult) part() {}

// Say makes a message of one text.
func Say(role Role, text string) Message {
	return Message{Role: role, Parts: []Part{Text(text)}}
}

// Prose joins the message's text parts.
func (m Message) Prose() string {
	var s string
	for _, p := range m.Parts {
		if t, ok := p.(Text); ok {
			s += string(t)
		}
	}
	return s
}

// Calls lists the message's tool calls in order.
func (m Message) Calls() []ToolCall {
	var calls []ToolCall
	for _, p := range m.Parts {
		if c, ok := p.(ToolCall); ok {
			calls = append(calls, c)
		}
	}
	return calls
}
