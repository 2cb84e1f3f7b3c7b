package policy

import (
	"fmt"
	"maps"
	"slices"
)

// Suggest makes the allow that covers a call and those like it: the arguments that
// the person pointed at keep their values, the others of the call may be anything
// or be left out. It is pinned as the call is. It fails where no rule can name the
// tool alone, and for arguments that can be read in more than one way.
func Suggest(c Call, pointedAt []string) (Rule, error) {
	r, err := Exactly(Allow, c.ID, "")
	if err != nil {
		return Rule{}, err
	}
	args := readArguments(c.Arguments)
	if args.unclear != "" {
		return Rule{}, fmt.Errorf("no rule can cover these arguments: %s", args.unclear)
	}
	r.Pin, r.Args = c.Pin, Patterns{}
	for _, name := range slices.Sorted(maps.Keys(args.values)) {
		p := Pattern{name, anything}
		if slices.Contains(pointedAt, name) {
			p.Value = Value{exact: encode(args.values[name])}
		}
		r.Args = append(r.Args, p)
	}
	return r, nil
}

// SuggestExactly makes the allow that covers a call with these very arguments and no others.
// It is pinned as the call is, and fails as [Suggest] does.
func SuggestExactly(c Call) (Rule, error) {
	return Suggest(c, slices.Collect(maps.Keys(readArguments(c.Arguments).values)))
}

// WouldHaveAllowed counts, among past calls to the rule's tools, those that its
// arguments cover. Whether it would have held at the time does not count.
func WouldHaveAllowed(r Rule, past []Call) (n, of int) {
	r.Effect = Allow
	for _, c := range past {
		if !r.Matches(c.ID) {
			continue
		}
		of++
		if r.covers(c.ID, readArguments(c.Arguments)) {
			n++
		}
	}
	return n, of
}
