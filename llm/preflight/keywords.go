package preflight

import (
	"fmt"
	"strings"
)

// inOwnRules are keywords that other rules put into other words.
var inOwnRules = map[string]bool{"$ref": true, "allOf": true, "anyOf": true, "oneOf": true, "const": true, "prefixItems": true}

// refusedKeywords finds a keyword that the provider does not take here.
func refusedKeywords(n *node) *flaw {
	for _, key := range sortedKeys(n.s) {
		if inOwnRules[key] || !n.refuses(key) {
			continue
		}
		v := n.s[key]
		repair := "dropped"
		if inWords(key, v) != "" {
			repair = "put into the description"
		}
		return &flaw{key + " is refused", repair, func() {
			delete(n.s, key)
			n.note(inWords(key, v))
		}}
	}
	return nil
}

// formats finds a format that the provider does not know.
func formats(n *node) *flaw {
	format, ok := n.s["format"].(string)
	known := n.w.rules.Formats
	if !ok || known == "" || known.Has(format) {
		return nil
	}
	return &flaw{"the format " + brief(format) + " is refused", "put into the description", func() {
		delete(n.s, "format")
		n.note(inWords("format", format))
	}}
}

// meanings are the keywords whose value is worth telling in words.
var meanings = map[string]string{
	"format": "format: %s", "pattern": "matches %s", "default": "default: %s", "enum": "one of %s", "const": "always %s",
	"exclusiveMinimum": "more than %s", "exclusiveMaximum": "less than %s", "minimum": "at least %s", "maximum": "at most %s",
	"multipleOf": "a multiple of %s", "minLength": "at least %s characters", "maxLength": "at most %s characters",
	"minItems": "at least %s items", "maxItems": "at most %s items", "contentEncoding": "encoded as %s",
	"contentMediaType": "holds %s", "examples": "for example %s", "example": "for example %s",
	"minProperties": "at least %s entries", "maxProperties": "at most %s entries", "nullable": "",
}

// inWords is what a keyword says, as a clause for a description; "" when that
// would not help a model, or would be long.
func inWords(key string, v any) string {
	switch {
	case v == nil:
		return ""
	case key == "uniqueItems" && v == true:
		return "no item twice"
	case key == "deprecated" && v == true:
		return "deprecated"
	}
	template := meanings[key]
	value := brief(v)
	if template == "" || value == "" {
		return ""
	}
	if s, ok := v.(string); ok && key != "default" {
		value = s
	}
	if list, ok := v.([]any); ok {
		parts := make([]string, len(list))
		for i, x := range list {
			parts[i] = brief(x)
		}
		value = strings.Join(parts, ", ")
	}
	return fmt.Sprintf(template, value)
}

// withNote appends a clause to a description, once.
func withNote(description any, note string) string {
	text, _ := description.(string)
	if strings.Contains(text, note) {
		return text
	}
	if text == "" {
		return note
	}
	return text + " (" + note + ")"
}
