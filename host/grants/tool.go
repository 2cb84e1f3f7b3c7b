package grants

import (
	"encoding/json"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// toolText is a tool's definition as it is kept.
type toolText struct {
	Name        string          `json:"name"`
	Title       clean.Text      `json:"title"`
	Description clean.Text      `json:"description"`
	Schema      json.RawMessage `json:"schema,omitempty"`
	Hints       catalog.Hints   `json:"hints"`
	Raw         json.RawMessage `json:"raw,omitempty"`
}

// toolBody writes a tool's definition; nil where it holds what is no JSON.
func toolBody(t catalog.Tool) json.RawMessage {
	body, err := json.Marshal(toolText{t.ID.Tool, t.Title, t.Description, t.Schema, t.Hints, t.Raw})
	if err != nil {
		return nil
	}
	return body
}

// Tool reads back the tool that [OfTool] wrote, as one of a server; false where the
// definition is none, or was not kept.
func (d Definition) Tool(server string) (catalog.Tool, bool) {
	var kept struct {
		toolText
		Title       string `json:"title"`
		Description string `json:"description"`
	}
	if json.Unmarshal(d.Body, &kept) != nil || kept.Name == "" {
		return catalog.Tool{}, false
	}
	return catalog.Tool{
		ID:    catalog.ID{Server: server, Tool: kept.Name},
		Title: clean.Foreign(kept.Title), Description: clean.Foreign(kept.Description),
		Schema: kept.Schema, Hints: kept.Hints, Raw: kept.Raw,
	}, true
}

// Text reads back the text that [OfInstructions] wrote.
func (d Definition) Text() (clean.Text, bool) {
	var text string
	if json.Unmarshal(d.Body, &text) != nil {
		return clean.Text{}, false
	}
	return clean.Foreign(text), true
}
