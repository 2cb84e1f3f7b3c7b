package server

import (
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server/record"
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
	// Proposed is set where a file of the working directory asks for the server.
	Proposed bool
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

// A RunningCall is one call under way.
type RunningCall struct {
	Tool     string
	Since    time.Time
	Progress Progress // the newest; the zero value before any
}

// What is recorded of a server, as [record] defines it.
type (
	CallStats  = record.Stats
	Bucket     = record.Bucket
	CallRecord = record.Call
	LogSource  = record.Source
	LogLine    = record.Line
	WireKind   = record.Kind
	WireRecord = record.Message
)

// The sources of log lines.
const (
	Stderr = record.Stderr
	Stdout = record.Stdout // noise between the messages
	MCPLog = record.MCP    // notifications/message
)

// The kinds of messages.
const (
	WireRequest      = record.Request
	WireResponse     = record.Response
	WireNotification = record.Notification
)
