// Package config reads the configuration: mcpServers as other clients write them
// and the sections of our own. Every fault names its place and costs only its own
// entry.
//
// Files are JSON as Claude Desktop writes it; comments, trailing commas and a byte
// order mark are tolerated. Of several files the later wins:
//
//   - a server entry replaces the entry of the same name as a whole, also when the
//     later one is faulty or disabled; it keeps the earlier one's place;
//   - model is merged field by field, but a file that names a baseUrl inherits
//     neither apiKey nor headers: a secret stays with the endpoint it was written for;
//   - model may also be the name of an entry of models, which then takes the place
//     of all that earlier files said of it; an entry of models replaces the one of the
//     same name as a whole;
//   - tools is merged field by field;
//   - collisions are merged by tool name, by server and by alias, what is hidden
//     adds up, order and theme are replaced;
//   - approval rules add up: no file takes away another's deny.
//
// In command, args, env, cwd, url, headers, baseUrl and apiKey ${VAR} is the
// variable's value and ${VAR:-default} the same with a default that may hold
// anything but a closing brace. A variable that is set, even to nothing, counts as
// set; one that is not set and has no default is listed in Missing. Every other
// dollar sign is left alone, "$$" too; ${DOLLAR:-$}{X} writes a literal ${X}.
package config

import (
	"encoding/json"
	"time"

	"switchboard/host/policy"
	"switchboard/host/workflow"
)

// A Config is what all files read so far amount to.
type Config struct {
	Files      []string // that were read, in order
	Servers    []Server // in the order of the files
	Model      Model
	Models     []Model // the entries of "models", in the order of the files
	Collisions Collisions
	Tools      Tools
	Approval   Approval
	Workflows  []workflow.Workflow
	Theme      string // "" for the default
	// Problems lists all that is wrong, in the order of the files; those that
	// Servers and Model carry are among them.
	Problems []Problem
	// Torn lists those of the Problems that cost all or the rest of a file, so that
	// what it holds is not known.
	Torn []Problem
}

// A Server is one entry of mcpServers, variables filled in.
type Server struct {
	Name    string   // as the file has it; a foreign text, to be cleaned where it is shown
	Command string   // empty when the server is reached by URL
	Args    []string // without the command
	// Env holds exactly what the entry names, as NAME=value, sorted by name.
	Env []string
	// Dir is the working directory; empty for our own. A relative cwd counts from
	// the folder of the file that names it.
	Dir     string
	URL     string // streamable HTTP endpoint; empty when Command is set
	Headers map[string]string
	// Disabled entries are listed but not started. An entry may say this and
	// nothing else, to switch off a server of an earlier file or a built-in one.
	Disabled bool
	// Timeout bounds one call; 0 means the default.
	Timeout time.Duration
	// Parallel is how many calls the server is given at a time; 1 has them follow
	// one another, 0 means the default.
	Parallel int
	// Missing names the variables that the entry needs and that are not set, in
	// the order they are used; the server cannot start until they are. Where one
	// was to stand the fields above hold nothing, never the literal ${VAR}.
	Missing []string
	// Problem is the first fault of the entry; such a server is never started.
	Problem *Problem
	// Untrusted says why the person must consent before the server is started or
	// reached, such as "a file in this folder asks for it"; "" when they need not.
	Untrusted string
	// Proposal is the entry word for word when a [Project] asks for the server;
	// nil for the person's own.
	Proposal *Proposal
	// Builtin marks a server inside this binary.
	Builtin bool
	Source  Position // where the entry stands; zero for a built-in server without one
}

// Model is the section "model", or an entry of "models".
type Model struct {
	// Entry is the name under "models"; empty for a "model" that says it all itself.
	Entry       string
	Name        string // "offline" for the built-in word matcher
	BaseURL     string
	APIKey      string // after ${VAR} was filled in
	Headers     map[string]string
	Temperature *float64 // 0 to 2
	Effort      string   // the provider's own word, such as "low"
	MaxOutput   int      // tokens; 0 leaves it to the provider
	// ExtraBody are fields that go into every request as they are written.
	ExtraBody map[string]json.RawMessage
	Window    int      // tokens; 0 when the file does not say
	Vision    *bool    // whether it takes images; nil when the file does not say
	Source    Position // zero when the section is absent
	Missing   []string // variables that the section names and that are not set
	// Problem is set when it is not certain which endpoint is meant; all other
	// fields but Source are then empty, and no other model may be asked instead:
	// the conversation and the key would go where they were not meant to.
	Problem *Problem
}

// Collisions is the section "collisions". A strategy is one of "ask",
// "namespace", "priority", "describe" and "ask-each-call".
type Collisions struct {
	Default string            // a strategy; empty leaves it to the command
	Tools   map[string]string // by tool name: a strategy, or "server:NAME"
	Servers map[string]string // by server: a strategy
	Order   []string          // servers, the first wins; nil for that of mcpServers
	Aliases map[string]string // by "server/tool": the name for the model
	Hide    []string          // "server/tool"

	mentions []mention // of servers, to be looked for once all are known
}

// Approval is the section "approval": rules as [policy.ParseRule] reads them, each
// with its effect and its place in the file. Allow is empty when any file may have
// held an ask or a deny that could not be read: a fault never grants anything.
type Approval struct {
	Allow, Ask, Deny []policy.Rule
}
