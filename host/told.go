package host

import (
	"slices"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// tell announces the catalogue when it is another one for the person.
func (l *loop) tell(c *catalog.Catalog) {
	now := CatalogChanged{Tools: len(c.Entries()), Unresolved: c.Unresolved()}
	if now.Tools == l.last.Tools && slices.Equal(now.Unresolved, l.last.Unresolved) {
		return
	}
	l.last = now
	l.h.out.Put(now)
}

// warn tells once of every tool that cannot be offered, or not as it was wanted.
func (l *loop) warn(c *catalog.Catalog) {
	for _, p := range c.Problems() {
		if l.warned[p] {
			continue
		}
		l.warned[p] = true
		text := p.Error()
		if !p.Offered {
			text = "not offered: " + text
		}
		l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign(text)})
	}
}

// warnOfGuard tells, once, when servers would outlive a Switchboard that is killed.
func (l *loop) warnOfGuard() {
	err := l.h.opt.Server.Guard.Err()
	if err == nil || l.unguarded {
		return
	}
	l.unguarded = true
	l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign(err.Error())})
}
