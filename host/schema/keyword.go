package schema

import (
	"math"
	"slices"
)

// What a keyword that is no plain one holds.
const (
	aSchema = iota + 1
	someSchemas
	namedSchemas
)

// holds lists the keywords that hold schemas.
var holds = map[string]int{
	"additionalItems": aSchema, "additionalProperties": aSchema, "contains": aSchema, "items": aSchema,
	"if": aSchema, "then": aSchema, "else": aSchema, "not": aSchema, "propertyNames": aSchema,
	"unevaluatedItems": aSchema, "unevaluatedProperties": aSchema,
	"allOf": someSchemas, "anyOf": someSchemas, "oneOf": someSchemas, "prefixItems": someSchemas,
	"properties": namedSchemas, "patternProperties": namedSchemas, "$defs": namedSchemas,
	"definitions": namedSchemas, "dependentSchemas": namedSchemas, "dependencies": namedSchemas,
}

// plain lists the other keywords that forbid something, with what makes sense there.
var plain = map[string]func(any) bool{
	"$ref": isText, "type": isType, "enum": isFull, "const": func(any) bool { return true },
	"minimum": isNumber, "maximum": isNumber, "exclusiveMinimum": isNumber, "exclusiveMaximum": isNumber,
	"multipleOf": func(v any) bool { f, ok := v.(float64); return ok && f > 0 },
	"minLength":  isCount, "maxLength": isCount, "pattern": isText,
	"minItems": isCount, "maxItems": isCount, "uniqueItems": isBool, "minContains": isCount, "maxContains": isCount,
	"minProperties": isCount, "maxProperties": isCount, "required": texts, "dependentRequired": isRequirements,
}

// kinds are the words of the keyword type.
var kinds = []string{"string", "integer", "number", "boolean", "array", "object", "null"}

func isText(v any) bool   { _, ok := v.(string); return ok }
func isNumber(v any) bool { _, ok := v.(float64); return ok }
func isBool(v any) bool   { _, ok := v.(bool); return ok }

func isCount(v any) bool {
	f, ok := v.(float64)
	return ok && f == math.Trunc(f) && f >= 0 && f <= math.MaxInt32
}

func isFull(v any) bool {
	list, ok := v.([]any)
	return ok && len(list) > 0
}

// texts tells whether v is a list of strings.
func texts(v any) bool {
	list, ok := v.([]any)
	return ok && !slices.ContainsFunc(list, func(v any) bool { return !isText(v) })
}

func isType(v any) bool {
	if s, ok := v.(string); ok {
		return slices.Contains(kinds, s)
	}
	list, _ := v.([]any)
	return len(list) > 0 && texts(v) &&
		!slices.ContainsFunc(list, func(v any) bool { return !slices.Contains(kinds, v.(string)) })
}

func isRequirements(v any) bool {
	object, ok := v.(map[string]any)
	for _, list := range object {
		ok = ok && texts(list)
	}
	return ok
}

// listed gives the strings of a list that [texts] accepts.
func listed(v any) []string {
	list, _ := v.([]any)
	var out []string
	for _, one := range list {
		if s, ok := one.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
