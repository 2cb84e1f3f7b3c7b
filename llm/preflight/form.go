package preflight

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// A form is what a keyword has to hold.
type form struct {
	words string // what, for a person
	holds func(any) bool
}

var (
	aText    = form{"a text", func(v any) bool { _, ok := v.(string); return ok }}
	aSwitch  = form{"true or false", func(v any) bool { _, ok := v.(bool); return ok }}
	aNumber  = form{"a number", func(v any) bool { _, ok := v.(json.Number); return ok }}
	aCount   = form{"a whole number from 0 on", isCount}
	aList    = form{"a list", func(v any) bool { _, ok := v.([]any); return ok }}
	someList = form{"a list with something in it", func(v any) bool { l, ok := v.([]any); return ok && len(l) > 0 }}
	nameList = form{"a list of different names", isNameList}
	anObject = form{"an object", func(v any) bool { _, ok := v.(map[string]any); return ok }}
	aSchema  = form{"a schema", isSchema}
	aPattern = form{"a regular expression that can be read", isPattern}
	aStep    = form{"a number above 0", isStep}
)

// forms are the keywords of JSON Schema 2020-12 and of older drafts that hold one
// thing; "type" and "items" have rules of their own.
var forms = map[string]form{
	"properties": anObject, "patternProperties": anObject, "$defs": anObject, "definitions": anObject, "dependentSchemas": anObject,
	"required": nameList, "enum": someList, "examples": aList,
	"anyOf": someList, "oneOf": someList, "allOf": someList, "prefixItems": someList,
	"additionalProperties": aSchema, "not": aSchema, "if": aSchema, "then": aSchema, "else": aSchema, "contains": aSchema,
	"propertyNames": aSchema, "unevaluatedItems": aSchema, "unevaluatedProperties": aSchema,
	"description": aText, "title": aText, "format": aText, "pattern": aPattern, "$ref": aText, "$schema": aText, "$id": aText,
	"$comment": aText, "contentEncoding": aText, "contentMediaType": aText,
	"minimum": aNumber, "maximum": aNumber, "exclusiveMinimum": aNumber, "exclusiveMaximum": aNumber, "multipleOf": aStep,
	"minLength": aCount, "maxLength": aCount, "minItems": aCount, "maxItems": aCount, "minProperties": aCount,
	"maxProperties": aCount, "minContains": aCount, "maxContains": aCount,
	"uniqueItems": aSwitch, "deprecated": aSwitch, "readOnly": aSwitch, "writeOnly": aSwitch, "nullable": aSwitch,
}

func isCount(v any) bool {
	n, ok := v.(json.Number)
	return ok && n != "" && !strings.ContainsAny(string(n), "-.eE")
}

func isStep(v any) bool {
	n, ok := v.(json.Number)
	if !ok {
		return false
	}
	f, err := n.Float64()
	return err == nil && f > 0
}

func isNameList(v any) bool {
	list, ok := v.([]any)
	names := texts(v)
	slices.Sort(names)
	return ok && len(names) == len(list) && len(slices.Compact(names)) == len(list)
}

func isSchema(v any) bool {
	switch v.(type) {
	case bool, map[string]any:
		return true
	}
	return false
}

// isPattern holds for what Go can read; the few forms that it cannot, such as
// looking ahead, are also those that providers disagree about.
func isPattern(v any) bool {
	s, ok := v.(string)
	if !ok {
		return false
	}
	_, err := regexp.Compile(s)
	return err == nil
}

// malformed finds a keyword that holds something else than JSON Schema says.
func malformed(n *node) *flaw {
	if !n.w.rules.WellFormed {
		return nil
	}
	for _, key := range sortedKeys(n.s) {
		f, known := forms[key]
		if !known || f.holds(n.s[key]) {
			continue
		}
		return &flaw{key + " is not " + f.words, reform(key), func() { n.reform(key) }}
	}
	if v, there := n.s["items"]; there && !aSchema.holds(v) && !aList.holds(v) {
		return &flaw{"items is not a schema", "dropped", func() { delete(n.s, "items") }}
	}
	return nil
}

func reform(key string) string {
	switch key {
	case "required":
		return "only the names are kept"
	case "exclusiveMinimum", "exclusiveMaximum":
		return "put as a number, or dropped"
	}
	return "dropped"
}

// reform saves of a keyword what can be saved.
func (n *node) reform(key string) {
	v := n.s[key]
	delete(n.s, key)
	switch key {
	case "required":
		if names := appendNew(nil, texts(v)...); len(names) > 0 {
			n.s[key] = listOf(names)
		}
	case "exclusiveMinimum", "exclusiveMaximum": // a switch, up to draft 4
		bound := strings.ToLower(strings.TrimPrefix(key, "exclusive"))
		if b, ok := n.s[bound]; ok && v == true {
			n.s[key] = b
			delete(n.s, bound)
		}
	case "properties", "$defs", "definitions", "anyOf", "oneOf", "allOf", "prefixItems", "enum", "$ref", "description", "title":
	default:
		n.note(inWords(key, v))
	}
}
