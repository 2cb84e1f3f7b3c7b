package host

import (
	"context"
	"slices"

	"switchboard/host/config"
	"switchboard/host/server"
)

// A change is what another configuration makes of one server.
type change struct {
	name        string
	before, now *member // nil for one that was not there, or is not any more
	did         string  // "added", "restarted", …; "" when there is nothing to tell
}

// replaces tells whether a server that was there has to go.
func (c change) replaces() bool {
	return c.before != nil && (c.now == nil || c.now.Server != c.before.Server)
}

// other tells whether what went by the name was started or reached in another way,
// so that nothing that is known of it holds.
func (c change) other() bool {
	return c.before != nil && (c.now == nil || c.now.identity != c.before.identity)
}

// refit makes the roster of other entries and says what that changes; a server
// whose entry says the same as before stays. Nothing is stopped or started yet, see
// [fleet.carryOut]. Only the loop calls it.
func (f *fleet) refit(entries []config.Server) []change {
	old := f.roster()
	var members []*member
	var changes []change
	for _, entry := range entries {
		c := f.change(old.member(entry.Name), entry)
		members = append(members, c.now)
		changes = append(changes, c)
	}
	now := newRoster(members)
	for _, m := range old.members {
		if now.member(m.entry.Name) == nil {
			changes = append(changes, change{name: m.entry.Name, before: m, did: "removed"})
		}
	}
	f.newest.Store(now)
	return changes
}

// change is what an entry makes of the server of its name, nil where there is none.
func (f *fleet) change(before *member, entry config.Server) change {
	c := change{name: entry.Name, before: before}
	if before == nil {
		c.now, c.did = f.hire(entry), "added"
		return c
	}
	if switched := before.entry.Disabled != entry.Disabled; before.entry.Equal(entry) || switched && before.onlySwitched(entry) {
		c.now = before.keep(entry)
		if switched {
			c.did = before.wouldSwitch(entry.Disabled)
		}
		return c
	}
	c.now, c.did = f.hire(entry), "changed"
	if c.now.Status().State == server.Starting {
		c.did = "restarted"
	}
	return c
}

// onlySwitched tells whether an entry differs in nothing but that it is disabled,
// or is not any more.
func (m *member) onlySwitched(entry config.Server) bool {
	entry.Disabled = m.entry.Disabled
	return m.entry.Equal(entry)
}

// wouldSwitch says what it means for the server to be disabled, or enabled, by its
// entry; "" when the person did so already.
func (m *member) wouldSwitch(disabled bool) string {
	switch off := m.Status().State == server.Disabled; {
	case disabled && !off:
		return "disabled"
	case !disabled && off:
		return "enabled"
	}
	return ""
}

// keep is the member with its entry as it stands now, over the same server.
func (m *member) keep(entry config.Server) *member {
	kept := *m
	kept.entry = entry
	if m.entry.Untrusted != "" {
		kept.entry.Untrusted = m.entry.Untrusted
	}
	return &kept
}

// carryOut stops and starts what a change asks for. A server starts when the one
// before it is gone.
func (f *fleet) carryOut(ctx context.Context, changes []change) {
	for _, c := range changes {
		switch {
		case c.did == "enabled":
			c.now.Enable()
		case c.did == "disabled":
			c.now.Disable()
		case !f.started:
		case c.now == nil:
			c.before.dismiss(server.Dismissal{Why: "its entry was taken out of the configuration"})
		case c.before == nil:
			f.run(ctx, c.now, nil)
		case c.replaces():
			c.before.dismiss(server.Dismissal{Why: "its entry in the configuration was changed, so it is started anew"})
			f.run(ctx, c.now, c.before)
		}
	}
}

// names lists the servers in the order of the configuration.
func (r *roster) names() []string {
	names := make([]string, len(r.members))
	for i, m := range r.members {
		names[i] = m.entry.Name
	}
	return slices.Clip(names)
}
