package catalog

import "switchboard/host/clean"

// A Resource is something a server lets one read.
type Resource struct {
	Server      string
	URI         string // raw; an identity together with Server
	Name        clean.Text
	Title       clean.Text
	Description clean.Text
	MIME        string // "" when the server did not say
	Size        int64  // bytes; 0 when the server did not say
}

// A Template is a family of resources: a URI template by RFC 6570.
type Template struct {
	Server      string
	URITemplate string
	Name        clean.Text
	Title       clean.Text
	Description clean.Text
	MIME        string
}

// A Prompt is a prompt that a server offers.
type Prompt struct {
	Server      string
	Name        string // raw; an identity together with Server
	Title       clean.Text
	Description clean.Text
	Arguments   []PromptArgument
}

// A PromptArgument is one blank of a prompt.
type PromptArgument struct {
	Name        string
	Description clean.Text
	Required    bool
}
