package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"switchboard/host/clean"
)

// aliasForm is what every provider takes as a tool's name.
var aliasForm = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// checkForm looks at a name of the person's own alone.
func checkForm(name string) error {
	switch {
	case !aliasForm.MatchString(name):
		return fmt.Errorf("%q cannot be a tool's name: write 1 to %d of the characters a-z, A-Z, 0-9, _ and -", clean.Head(clean.Line(name), maxRawName), maxName)
	case tailed.MatchString(name):
		return fmt.Errorf("%s ends like a name that the catalogue makes; choose another end", name)
	}
	return nil
}

// aliases gives the aliases that hold. One that takes a name which a server chose
// for its tool is told of; one that takes what the model was promised does not
// hold, nor do two that are the same.
func (c *Catalog) aliases() map[ID]string {
	wanted := map[string][]ID{}
	for id, alias := range c.choices.Aliases {
		if _, here := c.tools[id]; here {
			wanted[alias] = append(wanted[alias], id)
		}
	}
	aliases := map[ID]string{}
	for _, alias := range slices.Sorted(maps.Keys(wanted)) {
		ids := wanted[alias]
		slices.SortFunc(ids, CompareIDs)
		for _, id := range ids {
			if err := c.obstacle(id, alias, ids); err != nil {
				c.problems = append(c.problems, Problem{id, "its alias is not used: " + err.Error(), true})
				continue
			}
			aliases[id] = alias
			c.tellTaken(id, alias)
		}
	}
	return aliases
}

// obstacle tells why an alias does not hold.
func (c *Catalog) obstacle(id ID, alias string, same []ID) error {
	if err := checkForm(alias); err != nil {
		return err
	}
	if slices.Contains(c.choices.Reserved, alias) {
		return fmt.Errorf("the name %s is Switchboard's own", alias)
	}
	for _, other := range same {
		if other != id {
			return fmt.Errorf("%s was given the same name, %s", other, alias)
		}
	}
	if !c.choices.Held.leads(alias, id) {
		return fmt.Errorf("in this session %s already stands for %s", alias, joinIDs(c.choices.Held[alias]))
	}
	return nil
}

// tellTaken reports the tools that would have an alias for their name.
func (c *Catalog) tellTaken(id ID, alias string) {
	prefixes := prefixes(slices.Collect(maps.Keys(c.servers)))
	var others []ID
	for other := range c.tools {
		bare := tidy(other.Tool)
		if other != id && (bare == alias || prefixes[other.Server]+separator+bare == alias) {
			others = append(others, other)
		}
	}
	if len(others) == 0 {
		return
	}
	slices.SortFunc(others, CompareIDs)
	c.problems = append(c.problems, Problem{id, fmt.Sprintf(
		"its alias %s is also the name of %s, which is offered under another one", alias, joinIDs(others)), true})
}

// CompareIDs orders tools by server, then by raw name.
func CompareIDs(a, b ID) int {
	return cmp.Or(strings.Compare(a.Server, b.Server), strings.Compare(a.Tool, b.Tool))
}

// joinIDs lists tools for a person.
func joinIDs(ids []ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = clean.Line(id.String())
	}
	return strings.Join(texts, ", ")
}

var errNotSplit = errors.New(`write it as "server/tool"`)

// ParseID reads "server/tool". The server's name ends at the first slash: raw tool
// names may hold some.
func ParseID(s string) (ID, error) {
	server, tool, ok := strings.Cut(s, "/")
	if !ok || server == "" || tool == "" {
		return ID{}, errNotSplit
	}
	return ID{server, tool}, nil
}
