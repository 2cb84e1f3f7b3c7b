package tool

import "github.com/mark3labs/mcp-go/mcp"

// A Param is one argument of a tool. Its methods return a changed copy.
type Param struct {
	name        string
	kind        string // "string", "number" or "integer"
	description string
	required    bool
	low, high   int // of a number; both 0 for no bounds
	length      int // of a text in characters, at most; 0 for no bound
	standard    any // what a call gets that leaves the parameter out
}

// String is a parameter that takes text.
func String(name, description string) Param {
	return Param{name: name, kind: "string", description: description}
}

// Number is a parameter that takes any number.
func Number(name, description string) Param {
	return Param{name: name, kind: "number", description: description}
}

// Integer is a parameter that takes a whole number from low to high.
func Integer(name, description string, low, high int) Param {
	return Param{name: name, kind: "integer", description: description, low: low, high: high}
}

// Required makes the parameter one that every call must give; a text must then
// not be empty.
func (p Param) Required() Param {
	p.required = true
	return p
}

// AtMost bounds the length of a text in characters.
func (p Param) AtMost(characters int) Param {
	p.length = characters
	return p
}

// Default tells the model what a call gets that leaves the parameter out.
func (p Param) Default(value any) Param {
	p.standard = value
	return p
}

func (p Param) schema() map[string]any {
	schema := map[string]any{"type": p.kind, "description": p.description}
	if p.low != p.high {
		schema["minimum"], schema["maximum"] = p.low, p.high
	}
	if p.length > 0 {
		schema["maxLength"] = p.length
	}
	if p.kind == "string" && p.required {
		schema["minLength"] = 1
	}
	if p.standard != nil {
		schema["default"] = p.standard
	}
	return schema
}

// inputSchema is closed: an argument that the tool does not know is an error
// which tells the model of its mistake, where silence would hide it.
func inputSchema(params []Param) mcp.ToolInputSchema {
	schema := mcp.ToolInputSchema{
		Type:                 "object",
		Properties:           make(map[string]any, len(params)),
		AdditionalProperties: false,
	}
	for _, p := range params {
		schema.Properties[p.name] = p.schema()
		schema.PropertyOrder = append(schema.PropertyOrder, p.name)
		if p.required {
			schema.Required = append(schema.Required, p.name)
		}
	}
	return schema
}
