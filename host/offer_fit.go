package host

import (
	"bytes"
	"errors"
	"slices"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/llm"
	"switchboard/llm/find"
	"switchboard/llm/preflight"
)

// A fitting is an entry of the catalogue as this provider can be sent it.
type fitting struct {
	description string // as the catalogue has it
	schema      []byte
	tool        llm.Tool // as it is sent
	repairs     []string
	aside       string // why it is not sent; "" when it is
	document    find.Document
}

// fit makes the copy of an entry that the provider accepts.
func fit(e catalog.Entry, rules llm.ToolRules) fitting {
	f := fitting{description: e.Description, schema: e.Schema}
	raw := llm.Tool{Name: e.Name, Description: e.Description, Schema: e.Schema, Destructive: e.Destructive, Server: serverOf(e)}
	var err error
	if f.tool, f.repairs, err = preflight.Fit(raw, rules); err != nil {
		f.tool, f.aside = raw, "set aside: "+clean.Line(err.Error())
	}
	f.document = find.Of(f.tool)
	return f
}

// isOf tells whether the entry is still what was fitted.
func (f fitting) isOf(e catalog.Entry) bool {
	return f.description == e.Description && bytes.Equal(f.schema, e.Schema) &&
		f.tool.Destructive == e.Destructive && f.tool.Server == serverOf(e)
}

// serverOf names the one server that answers to an entry; "" when several may.
func serverOf(e catalog.Entry) string {
	if len(e.Tools) != 1 {
		return ""
	}
	return e.Tools[0].ID.Server
}

// bytes is what the tool adds to a request: name, description and schema.
func (f fitting) bytes() int { return toolBytes(f.tool) }

func toolBytes(t llm.Tool) int { return len(t.Name) + len(t.Description) + len(t.Schema) }

// maxReason bounds a provider's words in a reason, in bytes.
const maxReason = 300

// refused sets the tool aside that made the provider refuse a request with these
// tools, so that the request can go again. It fails when the error names none: the
// request would be refused again.
func (o *offer) refused(err error, sent []llm.Tool) bool {
	var e *llm.Error
	if !errors.As(err, &e) || e.Kind != llm.BadRequest || e.Code == "tool_use_failed" {
		return false
	}
	name, ok := culprit(e, sent)
	if !ok {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	f, known := o.fits[name]
	if !known || f.aside != "" {
		return false
	}
	o.revision.Add(1)
	f.aside = "set aside: " + e.Provider + " refuses it: " + clean.Head(clean.Line(e.Message), maxReason)
	o.fits[name] = f
	return true
}

// culprit finds the refused tool by the error's own word, else by its message.
func culprit(e *llm.Error, sent []llm.Tool) (string, bool) {
	names := make([]string, len(sent))
	for i, t := range sent {
		names[i] = t.Name
	}
	if slices.Contains(names, e.Tool) {
		return e.Tool, true
	}
	i, ok := preflight.Culprit(e.Message, names)
	if !ok {
		return "", false
	}
	return names[i], true
}

// requestBytes is the size of what a request says, without what the wire adds.
func requestBytes(r llm.Request) int {
	n := len(r.System)
	for _, m := range r.Messages {
		for _, p := range m.Parts {
			switch p := p.(type) {
			case llm.Text:
				n += len(p)
			case llm.ToolCall:
				n += len(p.Name) + len(p.Arguments)
			case llm.ToolResult:
				n += len(p.Text)
			}
		}
	}
	for _, t := range r.Tools {
		n += toolBytes(t)
	}
	return n
}
