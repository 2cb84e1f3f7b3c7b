package openai

import (
	"encoding/json"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// wireTools puts the tools into the endpoint's words, in their order.
func wireTools(tools []llm.Tool) []api.Tool {
	out := make([]api.Tool, len(tools))
	for i, t := range tools {
		out[i] = api.Tool{Type: api.ToolTypeFunction, Function: &api.FunctionDefinition{
			Name: t.Name, Description: t.Description, Parameters: wireSchema(t.Schema),
		}}
	}
	return out
}

// wireSchema is a copy of a schema that every endpoint takes: an object with
// properties (github-mcp-server#1548) and without the dialect's address, which
// strict validators refuse. What is no JSON object becomes a schema without
// arguments.
func wireSchema(schema []byte) json.RawMessage {
	var s fields
	if json.Unmarshal(schema, &s) != nil || s == nil {
		s = fields{}
	}
	delete(s, "$schema")
	delete(s, "$id")
	s["type"] = json.RawMessage(`"object"`)
	if !isObject(s["properties"]) {
		s["properties"] = json.RawMessage(`{}`)
	}
	raw, err := json.Marshal(s)
	if err != nil { // not possible: every member came out of a JSON text
		return json.RawMessage(`{"type":"object","properties":{}}`)
	}
	return raw
}
