package host

import (
	"cmp"
	"slices"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// infos tells of every tool of the catalogue, by server and raw name, and of the
// room that the sent ones take. calls counts what was called in this session.
func (o *offer) infos(c *catalog.Catalog, off func(catalog.ID) bool, calls map[catalog.ID]int) ([]ToolInfo, Budget) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.take(c.Entries(), off)
	var all []ToolInfo
	for _, e := range c.Entries() {
		for _, t := range e.Tools {
			info := o.info(e)
			info.Tool, info.Calls = t, calls[t.ID]
			if off != nil && off(t.ID) {
				info.Name, info.Why, info.Off = "", "turned off", true
			}
			all = append(all, info)
		}
	}
	for _, s := range c.Shadowed() {
		info := ToolInfo{Tool: s.Tool, Why: s.Reason, Calls: calls[s.Tool.ID]}
		if off != nil && off(s.Tool.ID) {
			info.Why, info.Off = "turned off", true
		}
		all = append(all, info)
	}
	for _, p := range c.Problems() {
		all = append(all, ToolInfo{Tool: catalog.Tool{ID: p.ID}, Why: "set aside: " + clean.Line(p.Message)})
	}
	slices.SortStableFunc(all, func(a, b ToolInfo) int {
		return cmp.Or(cmp.Compare(a.Tool.ID.Server, b.Tool.ID.Server), cmp.Compare(a.Tool.ID.Tool, b.Tool.ID.Tool))
	})
	return all, o.budget()
}

// info is what can be said of an entry, whichever of its tools is meant.
func (o *offer) info(e catalog.Entry) ToolInfo {
	f, seen := o.fits[e.Name]
	if !seen {
		f = fit(e, o.rules) // turned off from the start
	}
	info := ToolInfo{Name: e.Name, Repairs: f.repairs, Bytes: f.bytes(), Tokens: o.estimate.Tokens(f.bytes())}
	switch {
	case f.aside != "":
		info.Name, info.Why = "", f.aside
	case o.search && slices.Contains(o.found, e.Name):
		info.Why = "found and added"
	case o.search && !slices.Contains(o.listed, e.Name):
		info.Why = "not listed: find_tools finds it"
	}
	return info
}

// budget sums up what is sent. Before the first request it tells of all tools.
func (o *offer) budget() Budget {
	names := o.sendable()
	b := Budget{MaxTools: o.max, MaxTokens: o.maxTokens()}
	b.Searching = o.over(names) && (o.search || len(o.listed) < len(names))
	if o.search && b.Searching {
		o.keep(names)
		names = slices.Concat(o.listed, o.found)
		b.Found = len(o.found)
	}
	b.Tools, b.Tokens = len(names), o.tokensOf(names)
	return b
}
