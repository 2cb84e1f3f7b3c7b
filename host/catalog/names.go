package catalog

import (
	"fmt"
	"slices"
)

// Names says which tools every taken name leads to. It is plain data: with it a
// name that a person types can be checked far from the catalogue.
type Names map[string][]ID

// Names are all that are taken: offered, kept for servers that are away, and the
// host's own, which lead to no tool.
func (c *Catalog) Names() Names {
	names := Names{}
	for _, name := range c.choices.Reserved {
		names[name] = nil
	}
	for name, s := range c.slots {
		ids := []ID{}
		for _, t := range s.tools {
			ids = append(ids, t.ID)
		}
		if len(ids) == 0 && s.absent != "" {
			ids = append(ids, ID{s.absent, s.raw})
		}
		names[name] = ids
	}
	return names
}

// Check tells why a tool cannot be given a name of the person's own; nil when it
// can. The error says what is in the way, another tool by its server and raw name.
func (n Names) Check(id ID, name string) error {
	if err := checkForm(name); err != nil {
		return err
	}
	holders, taken := n[name]
	if taken && holders == nil {
		return fmt.Errorf("the name %s is Switchboard's own", name)
	}
	if i := slices.IndexFunc(holders, func(holder ID) bool { return holder != id }); i >= 0 {
		return fmt.Errorf("the name %s is taken by %s", name, joinIDs(holders[i:i+1]))
	}
	return nil
}
