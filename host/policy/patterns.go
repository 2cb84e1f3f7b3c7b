package policy

import (
	"slices"
	"strings"
)

// Patterns narrow a rule to some arguments of a tool. Nil does not look at
// arguments at all.
//
// An allow is a closed world: each argument of the call has to be named and to
// match, and an argument that is named has to be there, but for one that is * and
// may be anything. Empty patterns, "()", thus cover the call without arguments.
// An ask or a deny is an open world: it holds when all arguments that it names are
// there and match, whatever else there is.
type Patterns []Pattern

// A Pattern says what the value of one top-level argument has to be.
type Pattern struct {
	Name  string
	Value Value
}

// String is the written form, parentheses included; empty for nil.
func (ps Patterns) String() string {
	if ps == nil {
		return ""
	}
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.String()
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// String is "name=value".
func (p Pattern) String() string {
	if plainName.MatchString(p.Name) {
		return p.Name + "=" + p.Value.String()
	}
	return readable(encode(p.Name)) + "=" + p.Value.String()
}

// allow tells whether an allow covers the arguments.
func (ps Patterns) allow(args arguments) bool { return ps == nil || args.outside(ps) == "" }

// stop tells whether an ask or a deny covers the arguments. Those that can be read
// in more than one way are covered by all. Names count in any case: many servers
// read them so.
func (ps Patterns) stop(args arguments) bool {
	if args.unclear != "" {
		return true
	}
	return !slices.ContainsFunc(ps, func(p Pattern) bool { return !p.touches(args) })
}

// touches tells whether any argument that goes by the pattern's name matches.
func (p Pattern) touches(args arguments) bool {
	for name, v := range args.values {
		if strings.EqualFold(name, p.Name) && p.Value.within(v) {
			return true
		}
	}
	return false
}

// contain tells that these, of an ask or a deny, cover whatever others cover. It
// may say no where they do.
func (ps Patterns) contain(others Patterns) bool {
	for _, p := range ps {
		i := slices.IndexFunc(others, func(o Pattern) bool { return o.Name == p.Name })
		if i < 0 || others[i].Value == anything || p.Value != anything && p.Value != others[i].Value {
			return false
		}
	}
	return true
}
