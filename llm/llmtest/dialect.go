package llmtest

import "encoding/json"

// A Dialect is how a provider speaks chat completions where it differs from
// OpenAI. The zero value is OpenAI's own.
type Dialect struct {
	ReasoningField  string // the delta's field; empty for reasoning_content
	ContentArray    bool   // content, and reasoning within it, as typed parts
	WholeJSON       bool   // the whole answer as one JSON object, not streamed
	NoEndMark       bool   // no [DONE]
	NoFinish        bool   // no finish_reason
	CRLF            bool
	KeepAlive       int  // comments before each event
	WholeCalls      bool // each call in one piece
	NoIndex         bool // no index on the pieces of calls
	IndexZero       bool // index 0 on the pieces of every call
	RepeatName      bool // id and name on every piece of a call
	NoCallID        bool
	ObjectArguments bool            // arguments as an object, not as text; with WholeCalls
	CallExtra       json.RawMessage // extra_content of the first call
	FloatNumbers    bool            // created and id as odd numbers
	UsageWithFinish bool            // the counts with the last choice, not after it
}

// The dialects of the providers, as public reports tell of them.
var (
	Gemini = Dialect{WholeCalls: true, NoIndex: true, CallExtra: json.RawMessage(`{"google":{"thought_signature":"SIGNED"}}`)}
	Ollama = Dialect{ReasoningField: "reasoning", WholeCalls: true}
	// OldOllama gave every call index 0.
	OldOllama  = Dialect{WholeCalls: true, IndexZero: true}
	Mistral    = Dialect{ContentArray: true, WholeCalls: true, UsageWithFinish: true}
	DeepSeek   = Dialect{UsageWithFinish: true}
	OpenRouter = Dialect{ReasoningField: "reasoning", KeepAlive: 3}
	LMStudio   = Dialect{RepeatName: true}
	Batch      = Dialect{WholeJSON: true} // heeds no stream:true
)
