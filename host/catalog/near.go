package catalog

import (
	"strings"

	"switchboard/host/near"
)

// maxNear is how many names an [UnknownError] lists.
const maxNear = 5

// near lists offered names that somebody who said name may have meant: the name
// with its slips, or the same tool under another server's prefix.
func (c *Catalog) near(name string) []string {
	said := fold(name)
	if names := near.Names(said, c.spellings, maxNear); len(names) > 0 {
		return names
	}
	return near.Names(baseName(said), c.spellings, maxNear)
}

// spellings yields every offered name by what it is compared by: all of it, and
// what stands behind the server's prefix.
func (c *Catalog) spellings(yield func(spelling, name string) bool) {
	for _, e := range c.entries {
		whole := fold(e.Name)
		if !yield(whole, e.Name) || !yield(baseName(whole), e.Name) {
			return
		}
	}
}

// baseName is a name without a server's prefix.
func baseName(name string) string {
	if i := strings.LastIndex(name, separator); i >= 0 {
		return name[i+len(separator):]
	}
	return name
}
