package host

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// CheckName tells why the candidate of a server cannot be called by a name of the
// person's own; nil when it can.
func (q Collision) CheckName(server, name string) error {
	if !q.has(server) {
		return fmt.Errorf("%s is no candidate", clean.Line(server))
	}
	return q.Names.Check(catalog.ID{Server: server, Tool: q.Name}, name)
}

// CheckNames tells why these names, by server, cannot be given; nil when they can.
func (q Collision) CheckNames(names map[string]string) error {
	if len(names) == 0 {
		return errors.New("no name is given")
	}
	owners := map[string]string{}
	for _, server := range slices.Sorted(maps.Keys(names)) {
		name := names[server]
		if other, twice := owners[name]; twice {
			return fmt.Errorf("%s and %s cannot both be called %s", clean.Line(other), clean.Line(server), name)
		}
		owners[name] = server
		if err := q.CheckName(server, name); err != nil {
			return err
		}
	}
	return nil
}
