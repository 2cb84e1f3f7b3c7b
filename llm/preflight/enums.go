package preflight

import "slices"

// constants finds a single value where a list of values can say it.
func constants(n *node) *flaw {
	v, there := n.s["const"]
	if !there || !n.refuses("const") {
		return nil
	}
	if n.at.root() {
		return &flaw{"const is refused", "dropped", func() { delete(n.s, "const") }}
	}
	return &flaw{"const is refused", "put as enum", func() {
		delete(n.s, "const")
		n.s["enum"] = []any{v}
	}}
}

// enums finds values that the provider refuses in a list of values.
func enums(n *node) *flaw {
	values, there := n.s["enum"].([]any)
	if !there {
		return nil
	}
	types := typesOf(n.s)
	nullable := n.s["nullable"] == true && !n.w.rules.NoNullType
	misfit := func(v any) bool { return !fitsType(v, types) && !(v == nil && nullable) }
	switch {
	case n.w.rules.TypedEnums && len(types) > 0 && slices.ContainsFunc(values, misfit):
		return &flaw{"a value of enum is not of the type", "such values are left out", func() { n.keepValues(values, misfit) }}
	case !n.w.rules.StringEnums:
		return nil
	case slices.Contains(values, nil):
		return &flaw{"null is refused in enum", `"nullable": true says it`, func() {
			n.s["nullable"] = true
			n.keepValues(values, func(v any) bool { return v == nil })
		}}
	case slices.ContainsFunc(values, func(v any) bool { s, ok := v.(string); return !ok || s == "" }):
		return &flaw{"a value of enum is no text", "the description lists the values", func() { n.dropValues(values) }}
	case len(types) == 1 && types[0] != "string":
		return &flaw{"enum beside another type than string", "the description lists the values", func() { n.dropValues(values) }}
	case len(types) == 0 && !n.has("anyOf"):
		return &flaw{"enum without a type", "its type is string", func() { n.s["type"] = "string" }}
	}
	return nil
}

// keepValues leaves values out of the list; one that would be empty is dropped.
func (n *node) keepValues(values []any, out func(any) bool) {
	kept := slices.DeleteFunc(slices.Clone(values), out)
	if len(kept) == 0 {
		n.dropValues(values)
		return
	}
	n.s["enum"] = kept
}

// dropValues tells of the values in the description; what they imply of the type
// stays.
func (n *node) dropValues(values []any) {
	if t := commonType(values); t != "" && !n.has("type") && !n.has("anyOf") {
		n.s["type"] = t
	}
	delete(n.s, "enum")
	n.note(inWords("enum", values))
}

func (n *node) has(key string) bool {
	_, there := n.s[key]
	return there
}

// refuses tells whether a keyword is refused at this place.
func (n *node) refuses(key string) bool {
	r := n.w.rules
	return r.Refused.Has(key) || r.Known != "" && !r.Known.Has(key) || n.at.root() && r.NotAtRoot.Has(key)
}
