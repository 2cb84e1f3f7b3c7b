package policy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/near"
)

// A Problem is a rule that can never have an effect, or a part of one.
type Problem struct {
	Rule    Rule
	Message string // what is wrong, safe to show
	Hint    string // what to write instead; may be empty
}

// Error gives source, rule, fault and cure on one line.
func (p Problem) Error() string {
	s := fmt.Sprintf("%s %s: %s", p.Rule.Effect, p.Rule, p.Message)
	if p.Rule.Source != "" {
		s = p.Rule.Source + ": " + s
	}
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}

// Offered is what rules are held against: what there is for them to match.
type Offered struct {
	Servers []string // all names of the configuration, the disabled ones too
	// Tools lists the tools of each server that has told them; a server that has
	// not yet is left out, and nothing is said of its tools.
	Tools map[string][]catalog.Tool
	At    time.Time
}

// Dead lists what is wrong with rules: those that match no server or no tool, that
// another one always beats, that expired, that a repository's file may not
// make, and arguments that no matching tool has. A rule that does nothing reads
// as if it did something; so each is an error to show.
func Dead(rules []Rule, offered Offered) []Problem {
	var problems []Problem
	for _, r := range rules {
		if message, hint := r.dead(rules, offered); message != "" {
			problems = append(problems, Problem{r, message, hint})
		}
	}
	return problems
}

// dead says why the rule has no effect; empty when it may have one.
func (r Rule) dead(rules []Rule, offered Offered) (message, hint string) {
	if message, hint = r.powerless(offered.At); message != "" {
		return message, hint
	}
	if !slices.ContainsFunc(offered.Servers, r.MatchesServer) {
		return "no server has that name", didYouMean(r.Server, offered.Servers)
	}
	if stronger, ok := r.beaten(rules); ok {
		return fmt.Sprintf("%s %s covers all that it covers, and beats it", stronger.Effect.known(), stronger), "remove one of the two"
	}
	tools, certain := r.tools(offered)
	if !certain {
		return "", ""
	}
	matching := slices.DeleteFunc(slices.Clone(tools), func(t catalog.Tool) bool { return !match(r.Tool, t.ID.Tool) })
	if len(matching) == 0 {
		return "no tool of that server has that name", didYouMean(r.Tool, names(tools))
	}
	return r.strayArgument(matching)
}

// powerless says what is wrong with a rule by itself.
func (r Rule) powerless(at time.Time) (message, hint string) {
	switch {
	case r.Effect != Allow && r.Effect != Ask && r.Effect != Deny:
		return quoted(string(r.Effect)) + " is no effect, so it asks", "write allow, ask or deny"
	case r.Effect != Allow:
		return "", ""
	case r.Project:
		return "a file that a repository may have brought cannot allow anything", "put it into your own configuration"
	case !r.Expires.IsZero() && !at.Before(r.Expires):
		return "it expired on " + r.Expires.Format(time.DateOnly), "allow it again when you are asked"
	}
	for _, p := range r.Args {
		if p.Value != anything && p.Value.glob != "" && !straight(p.Value.glob) {
			return fmt.Sprintf("the pattern for %s steps up (..), which no allow follows", clean.Line(p.Name)), "write the path that it comes to"
		}
	}
	return "", ""
}

// beaten finds a rule of a stronger effect that covers all that r covers.
func (r Rule) beaten(rules []Rule) (Rule, bool) {
	for _, o := range rules {
		stronger := o.Effect.known() == Deny && r.Effect.known() != Deny || o.Effect.known() == Ask && r.Effect == Allow
		if stronger && contains(o.Server, r.Server) && contains(o.Tool, r.Tool) && o.Args.contain(r.Args) {
			return o, true
		}
	}
	return Rule{}, false
}

// tools lists the tools of all servers that the rule is about; it is not certain
// while one of them has not told its tools.
func (r Rule) tools(offered Offered) (tools []catalog.Tool, certain bool) {
	for _, server := range offered.Servers {
		if !r.MatchesServer(server) {
			continue
		}
		told, ok := offered.Tools[server]
		if !ok {
			return nil, false
		}
		tools = append(tools, told...)
	}
	return tools, true
}

// strayArgument finds an argument that none of the tools has.
func (r Rule) strayArgument(tools []catalog.Tool) (message, hint string) {
	for _, p := range r.Args {
		var all []string
		open := false
		for _, t := range tools {
			properties, known := propertiesOf(t)
			open = open || !known
			all = append(all, properties...)
		}
		has := func(name string) bool {
			return name == p.Name || r.Effect.known() != Allow && strings.EqualFold(name, p.Name)
		}
		if !open && !slices.ContainsFunc(all, has) {
			return fmt.Sprintf("no tool that it covers has an argument %s", clean.Line(p.Name)), didYouMean(p.Name, all)
		}
	}
	return "", ""
}

// propertiesOf lists the arguments that a tool's schema names. They are not known
// where the schema may get them from elsewhere.
func propertiesOf(t catalog.Tool) (properties []string, known bool) {
	var schema map[string]json.RawMessage
	var named map[string]json.RawMessage
	if json.Unmarshal(t.Schema, &schema) != nil || json.Unmarshal(schema["properties"], &named) != nil {
		return nil, false
	}
	for _, key := range []string{"$ref", "allOf", "anyOf", "oneOf", "patternProperties", "if", "dependentSchemas"} {
		if _, there := schema[key]; there {
			return nil, false
		}
	}
	if more := strings.TrimSpace(string(schema["additionalProperties"])); more != "" && more != "false" {
		return nil, false
	}
	for name := range named {
		properties = append(properties, name)
	}
	return properties, true
}

func names(tools []catalog.Tool) []string {
	all := make([]string, len(tools))
	for i, t := range tools {
		all[i] = t.ID.Tool
	}
	return all
}

// didYouMean is a hint that names the word nearest to s; empty when none is near.
func didYouMean(s string, words []string) string {
	spellings := func(yield func(spelling, word string) bool) {
		for _, w := range words {
			if !yield(strings.ToLower(w), w) {
				return
			}
		}
	}
	if found := near.Names(strings.ToLower(s), spellings, 1); len(found) > 0 {
		return "did you mean " + clean.Line(found[0]) + "?"
	}
	return ""
}
