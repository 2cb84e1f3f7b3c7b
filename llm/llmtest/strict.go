package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"switchboard/llm"
)

// Strict makes an endpoint refuse what a provider with these rules refuses in the
// list of tools, with status 400 and a message that names the tool's place as that
// provider would; next answers the rest. It reads the rules by itself, and knows
// nothing of how a host keeps them.
func Strict(rules llm.ToolRules, next func(Received) Answer) func(Received) Answer {
	return func(r Received) Answer {
		if err := Refusal(r, rules); err != nil {
			body, _ := json.Marshal(map[string]any{"error": map[string]any{"message": err.Error(), "type": "invalid_request_error"}})
			return Status(http.StatusBadRequest, string(body))
		}
		return next(r)
	}
}

// A sentTool is a tool in the words of either wire.
type sentTool struct {
	Name        string
	Description string
	Parameters  any
	Function    *sentTool
}

// Refusal says why a provider with these rules refuses the tools of a request; nil
// when it takes them.
func Refusal(r Received, rules llm.ToolRules) error {
	var tools []sentTool
	if field := r.Field("tools"); field != nil {
		if err := json.Unmarshal(field, &tools); err != nil {
			return fmt.Errorf("invalid 'tools': %w", err)
		}
	}
	if rules.MaxTools > 0 && len(tools) > rules.MaxTools {
		return fmt.Errorf("invalid 'tools': array too long, %d", len(tools))
	}
	for i, t := range tools {
		if t.Function != nil {
			t = *t.Function
		}
		if err := refuseTool(t, rules); err != nil {
			return fmt.Errorf("invalid 'tools[%d].function.parameters': %w", i, err)
		}
	}
	return nil
}

func refuseTool(t sentTool, rules llm.ToolRules) error {
	switch {
	case rules.Names != nil && !rules.Names.MatchString(t.Name), rules.MaxName > 0 && len(t.Name) > rules.MaxName:
		return fmt.Errorf("name %q", t.Name)
	case rules.MaxDescription > 0 && len(t.Description) > rules.MaxDescription:
		return fmt.Errorf("description of %d bytes", len(t.Description))
	}
	root, ok := t.Parameters.(map[string]any)
	if !ok || root["type"] != "object" {
		return fmt.Errorf("schema must be a schema of 'type: \"object\"', got %v", t.Parameters)
	}
	for key := range root {
		if rules.NotAtRoot.Has(key) {
			return fmt.Errorf("schema must not have %s at the top level", key)
		}
	}
	return refuseSchema(root, rules, 1)
}

func refuseSchema(s map[string]any, rules llm.ToolRules, depth int) error {
	if rules.MaxDepth > 0 && depth > rules.MaxDepth {
		return fmt.Errorf("maximum schema depth %d exceeded", rules.MaxDepth)
	}
	for key := range s {
		if rules.Refused.Has(key) || rules.Known != "" && !rules.Known.Has(key) {
			return fmt.Errorf("unknown name %q: cannot find field", key)
		}
	}
	for _, check := range []func(map[string]any, llm.ToolRules) error{refuseType, refuseEnum, refuseShape} {
		if err := check(s, rules); err != nil {
			return err
		}
	}
	for _, inner := range schemasIn(s) {
		switch inner := inner.(type) {
		case map[string]any:
			if err := refuseSchema(inner, rules, depth+1); err != nil {
				return err
			}
		case bool:
			if rules.NoBooleans {
				return fmt.Errorf("%v is no schema", inner)
			}
		default:
			return fmt.Errorf("%v is no schema", inner)
		}
	}
	return nil
}

// schemasIn lists what has to be a schema within a schema.
func schemasIn(s map[string]any) []any {
	var all []any
	for _, key := range []string{"properties", "$defs"} {
		if inner, ok := s[key].(map[string]any); ok {
			for _, x := range inner {
				all = append(all, x)
			}
		}
	}
	for _, key := range []string{"anyOf", "oneOf", "allOf"} {
		if inner, ok := s[key].([]any); ok {
			all = append(all, inner...)
		}
	}
	if items, there := s["items"]; there {
		all = append(all, items)
	}
	return all
}

func refuseType(s map[string]any, rules llm.ToolRules) error {
	switch t := s["type"].(type) {
	case nil:
		if rules.NeedType && s["anyOf"] == nil {
			return fmt.Errorf("type is not defined in %v", s)
		}
	case string:
		if !slices.Contains([]string{"string", "number", "integer", "boolean", "object", "array", "null"}, t) || rules.NoNullType && t == "null" {
			return fmt.Errorf("invalid type %q", t)
		}
	case []any:
		if rules.NoTypeLists {
			return fmt.Errorf("proto field is not repeating, cannot start list %v", t)
		}
	default:
		return fmt.Errorf("invalid type %v", t)
	}
	if rules.LoneAnyOf && s["anyOf"] != nil && len(s) > 1 {
		return fmt.Errorf("when using any_of, it must be the only field set, got %v", s)
	}
	return nil
}

func refuseEnum(s map[string]any, rules llm.ToolRules) error {
	values, ok := s["enum"].([]any)
	if s["enum"] != nil && (!ok || len(values) == 0) {
		return fmt.Errorf("enum %v is no list of values", s["enum"])
	}
	for _, v := range values {
		text, isText := v.(string)
		if rules.StringEnums && (!isText || text == "" || s["type"] != "string") {
			return fmt.Errorf("enum value %v: only allowed for STRING type", v)
		}
		if rules.TypedEnums && s["type"] == "string" && !isText {
			return fmt.Errorf("enum value %v does not validate against the type string", v)
		}
	}
	return nil
}

func refuseShape(s map[string]any, rules llm.ToolRules) error {
	properties, _ := s["properties"].(map[string]any)
	required, isList := s["required"].([]any)
	_, hasRequired := s["required"]
	format, _ := s["format"].(string)
	switch {
	case rules.NeedProperties && s["type"] == "object" && properties == nil:
		return fmt.Errorf("object schema missing properties")
	case rules.NeedItems && s["type"] == "array" && s["items"] == nil:
		return fmt.Errorf("array schema missing items")
	case hasRequired && !isList:
		return fmt.Errorf("%v is not of type 'array'", s["required"])
	case rules.OwnKeywords && properties != nil && s["type"] != "object":
		return fmt.Errorf("properties: only allowed for OBJECT type")
	case rules.Formats != "" && format != "" && !rules.Formats.Has(format):
		return fmt.Errorf("only 'enum' and 'date-time' are supported, got %q", format)
	}
	for name := range properties {
		if rules.PropertyNames != nil && !rules.PropertyNames.MatchString(name) {
			return fmt.Errorf("property keys should match pattern %s", rules.PropertyNames)
		}
	}
	for _, name := range required {
		if text, ok := name.(string); !ok || rules.ExactRequired && properties[text] == nil {
			return fmt.Errorf("required[%v]: property is not defined", name)
		}
	}
	return nil
}
