package host

import (
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/server"
)

// What is known of one server, as [server] defines it.
type (
	Inspection     = server.Inspection
	ServerChange   = server.Change
	ServerLog      = server.LogLine
	WireRecord     = server.WireRecord
	CallRecord     = server.CallRecord
	RunningCall    = server.RunningCall
	ServerProgress = server.Progress
	ServerLaunch   = server.Launch
	CallBucket     = server.Bucket
	WireKind       = server.WireKind
	LogSource      = server.LogSource
)

// The kinds of messages and the sources of log lines, as [server] defines them.
const (
	WireRequest      = server.WireRequest
	WireResponse     = server.WireResponse
	WireNotification = server.WireNotification

	LogStderr = server.Stderr
	LogStdout = server.Stdout
	LogMCP    = server.MCPLog
)

// Inspect asks for everything about one server, now and whenever it changes, at
// most five times a second. Another name takes its place; "" ends it.
type Inspect struct{ Server string }

// SaveWire writes the recorded traffic of a server to a file of its own, as JSON
// Lines; a [Notice] says where.
type SaveWire struct{ Server string }

// SaveResult writes the result of a call to files, text and media each in one of
// its own; [ResultSaved] follows. Open is handed on to it.
type SaveResult struct {
	Call CallID
	Open bool
}

// ReadResource reads one resource of one server by hand; [ResourceRead] follows.
type ReadResource struct{ Server, URI string }

// ListTools asks for [ToolsListed], now and whenever it changes, until On is false.
type ListTools struct{ On bool }

// SetTool offers a tool to the model or takes it away, for this session. An empty
// Tool means all of the server's.
type SetTool struct {
	Server, Tool string
	On           bool
}

// ServerInspected answers [Inspect].
type ServerInspected struct {
	Inspection Inspection
	Tools      []ToolInfo // of this server, by raw name
}

// ToolsListed answers [ListTools]. Its lists are shared and must not be changed.
type ToolsListed struct {
	Tools   []ToolInfo     // by server, then raw name
	Servers []ServerCounts // by name, those that are disabled left out
	Budget  Budget
}

// ServerCounts is how many of each kind a server brings to the catalogue.
type ServerCounts struct {
	Server string
	Off    bool // all its tools were turned off at once
	catalog.Counts
}

// A ToolInfo is one tool as the catalogue holds it.
type ToolInfo struct {
	Tool catalog.Tool
	Name string // what the model calls it; "" when it is not offered
	// Why says why it is not offered, or how its name came about: "the name goes
	// to files", "set aside: its schema has no type"; "" when there is nothing to say.
	Why string
	// Repairs lists what was changed in the copy of its schema that the model gets.
	Repairs  []string
	Off      bool // by the person
	Unlisted bool // only find_tools finds it
	Bytes    int  // of name, description and schema as the model gets them
	Tokens   int  // estimated
	Calls    int  // by the model, in this session
}

// A Budget says how much room the tools take.
type Budget struct {
	Tools, Tokens       int  // offered now
	MaxTools, MaxTokens int  // over either, the rest is found by find_tools; 0 for no limit
	Found               int  // of the offered: tools that were found and added
	Rest                int  // tools that find_tools stands in for
	Window              int  // of the model, in tokens; 0 when unknown
	Searching           bool // find_tools stands in for the rest
}

// CalledByHand answers [CallTool].
type CalledByHand struct {
	Server, Tool string
	Result       CallFinished
}

// ResultSaved answers [SaveResult].
type ResultSaved struct {
	Call  CallID
	Paths []string // the text first
	Open  bool
}

// ResourceRead answers [ReadResource].
type ResourceRead struct {
	Server, URI string
	Text        clean.Text // what it holds, or why it could not be read
	MIME        string
	Bytes       int
	Failed      bool
}

func (Inspect) op()      {}
func (SaveResult) op()   {}
func (SaveWire) op()     {}
func (ReadResource) op() {}
func (ListTools) op()    {}
func (SetTool) op()      {}

func (ServerInspected) event() {}
func (ResultSaved) event()     {}
func (ToolsListed) event()     {}
func (CalledByHand) event()    {}
func (ResourceRead) event()    {}
