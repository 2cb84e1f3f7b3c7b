// Package config reads the configuration: mcpServers as other clients write them
// and the sections of our own. Every fault names its place and costs only its own
// entry.
package config

import (
	"fmt"
	"time"
)

// A Config is what all files read so far amount to.
type Config struct {
	Files      []string // that were read, in order
	Servers    []Server // in the order of the files
	Model      Model
	Collisions Collisions
	Approval   Approval
	Theme      string    // "" for the default
	Problems   []Problem // what was wrong, in the order of the files
}

// A Server is one entry of mcpServers, variables filled in.
type Server struct {
	Name    string
	Command string   // empty when the server is reached by URL
	Args    []string // without the command
	// Env holds exactly what the entry names, as NAME=value, sorted by name.
	Env     []string
	Dir     string // working directory; empty for our own
	URL     string // streamable HTTP endpoint; empty when Command is set
	Headers map[string]string
	// Disabled entries are listed but not started.
	Disabled bool
	// Timeout bounds one call; 0 means the default.
	Timeout time.Duration
	// Missing names the variables that the entry needs and that are not set; the
	// server cannot start until they are.
	Missing []string
	// Problem says what is wrong with the entry; such a server is never started.
	Problem *Problem
	// Builtin marks a server inside this binary.
	Builtin bool
	Source  Position // where the entry stands; zero for built-in servers
}

// Model is the section "model".
type Model struct {
	Name        string // "offline" for the built-in word matcher
	BaseURL     string
	APIKey      string // after ${VAR} was filled in
	Headers     map[string]string
	Temperature *float64
	Effort      string
	MaxOutput   int
	Source      Position // zero when the section is absent
	Missing     []string // variables that the section names and that are not set
}

// Collisions is the section "collisions".
type Collisions struct {
	// Default is "ask" or "namespace"; empty leaves it to the command.
	Default string
	// Tools maps a tool name to "ask", "namespace" or "server:NAME".
	Tools map[string]string
}

// Approval is the section "approval": rules of the form server/tool.
type Approval struct {
	Allow, Ask, Deny []string
}

// A Position is a place in a file. Line and Column count from 1; Column counts
// bytes.
type Position struct {
	File         string
	Line, Column int
}

// String is "file:line:column".
func (p Position) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// A Problem is a fault in a file, in words for the person who wrote it.
type Problem struct {
	At      Position
	Key     string // the path of the key, such as mcpServers.github.args[1]
	Message string // what is wrong
	Hint    string // what to write instead; may be empty
}

// Error gives place, key, fault and cure on one line.
func (p Problem) Error() string {
	s := fmt.Sprintf("%s: %s: %s", p.At, p.Key, p.Message)
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}
