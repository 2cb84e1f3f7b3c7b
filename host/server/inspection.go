package server

import (
	"encoding/json"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
)

// An Inspection is everything that is known of a server at one moment: what the
// [Status] says, and what it rests on. It is a copy whose slices are shared and
// must not be changed.
type Inspection struct {
	Status    Status
	Launch    Launch
	Handshake Handshake
	Process   ProcessUsage
	// History lists the changes of state, oldest first, the newest 200.
	History []Change
	Calls   CallStats
	// Recent lists the last calls, oldest first, at most 50.
	Recent    []CallRecord
	Tools     []catalog.Tool
	Resources []catalog.Resource
	Templates []catalog.Template
	Prompts   []catalog.Prompt
	// Log is what the server said beside the protocol, oldest first; LogDropped
	// counts the older and the over-hasty lines that are gone.
	Log        []LogLine
	LogDropped int
	LogFile    string // where standard error is kept as well; "" for nowhere
	// Wire is the traffic, oldest first; WireDropped counts what is gone.
	Wire        []WireRecord
	WireDropped int
}

// A Change is one step of a server's life.
type Change struct {
	At     time.Time
	State  State
	Reason clean.Text
}

// A Launch says how a server is started or reached. Secrets are masked.
type Launch struct {
	Command  string
	Args     []string
	Dir      string // "" for our own
	URL      string
	Resolved string // the program that Command was found to be; "" when none
	// Lookup tells how Command was looked for, a line a place.
	Lookup  []string
	Env     []string // names alone, sorted: what the process is given
	Headers []string // names alone, sorted
	Source  config.Position
}

// A Handshake is what a server said of itself; the zero value before it did.
type Handshake struct {
	Protocol     string // the negotiated version
	How          string // "initialize" or "server/discover", and what was refused before it
	Name         clean.Text
	Title        clean.Text
	Version      clean.Text
	Instructions clean.Text
	Capabilities []string // such as "tools (list changes)", sorted
	Took         time.Duration
}

// ProcessUsage is what a server's process group takes; the zero value where there
// is none or the system does not tell.
type ProcessUsage struct {
	At        time.Time
	Processes int
	RSS       int64         // bytes
	CPU       time.Duration // used since the start
	Share     float64       // of one core, since the sample before
}

// CallStats sums up the calls since the program started.
type CallStats struct {
	Calls, Failed int // Failed counts transport faults, timeouts and tool errors
	P50, P95, P99 time.Duration
	Buckets       []Bucket // the histogram, rising
}

// A Bucket counts the calls that took up to so long and more than the one before.
type Bucket struct {
	UpTo  time.Duration // 0 in the last one, which has no bound
	Count int
}

// A CallRecord is one call that ended.
type CallRecord struct {
	Tool      string
	At        time.Time
	Took      time.Duration
	Arguments json.RawMessage
	Text      clean.Text // the answer or the error, at most 8 KiB
	Failed    bool
	Bytes     int // of the answer
}

// A RunningCall is one call under way.
type RunningCall struct {
	Tool     string
	Since    time.Time
	Progress Progress // the newest; the zero value before any
}

// A LogSource says where a line of a log came from.
type LogSource string

// The sources of log lines.
const (
	Stderr LogSource = "stderr"
	Stdout LogSource = "stdout" // noise between the messages
	MCPLog LogSource = "mcp"    // notifications/message
)

// A LogLine is one line that a server said beside the protocol.
type LogLine struct {
	At     time.Time
	Source LogSource
	Level  string // of [MCPLog]: debug … emergency; "" for the others
	Logger clean.Text
	Text   clean.Text
}

// A WireKind sorts what goes over the wire.
type WireKind string

// The kinds of messages.
const (
	WireRequest      WireKind = "request"
	WireResponse     WireKind = "response"
	WireNotification WireKind = "notification"
)

// A WireRecord is one JSON-RPC message as it went over the wire.
type WireRecord struct {
	Seq    int // from 1, over all lives of the server
	At     time.Time
	Sent   bool // by us
	Kind   WireKind
	Method string        // of a response: of the request that it answers
	ID     string        // "" for a notification
	Took   time.Duration // of a response: since its request
	Failed bool          // a response with an error
	Size   int           // bytes of the whole message
	// Body is the message, secrets masked; cut after 64 KiB when it is longer.
	Body []byte
}
