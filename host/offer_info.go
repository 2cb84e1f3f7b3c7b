package host

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/llm"
)

// infos tells of every tool of the catalogue, by server and raw name, and of the
// room that the sent ones take. off tells what the person turned off, calls counts
// what the model called in this session.
func (o *offer) infos(c *catalog.Catalog, off func(catalog.ID) bool, calls map[catalog.ID]int) ([]ToolInfo, Budget) {
	o.mu.Lock()
	defer o.mu.Unlock()
	entries := c.Entries()
	o.take(entries)
	var all []ToolInfo
	for _, e := range entries {
		for _, t := range e.Tools {
			all = append(all, o.info(c, e, t))
		}
	}
	for _, s := range c.Shadowed() {
		all = append(all, o.shadowed(c, s, off(s.Tool.ID)))
	}
	all = append(all, missing(all, c.Problems())...)
	for i := range all {
		all[i].Calls = calls[all[i].Tool.ID]
	}
	slices.SortStableFunc(all, func(a, b ToolInfo) int {
		return cmp.Or(cmp.Compare(a.Tool.ID.Server, b.Tool.ID.Server), cmp.Compare(a.Tool.ID.Tool, b.Tool.ID.Tool))
	})
	return all, o.budget()
}

// info is what can be said of one tool behind an entry.
func (o *offer) info(c *catalog.Catalog, e catalog.Entry, t catalog.Tool) ToolInfo {
	f := o.fits[e.Name]
	info := ToolInfo{Tool: t, Name: e.Name, Repairs: f.repairs, Bytes: f.bytes(), Tokens: o.estimate.Tokens(f.bytes())}
	switch {
	case f.aside != "":
		info.Name, info.Why = "", f.aside
	case o.search && slices.Contains(o.found, e.Name):
		info.Why = "found and added"
	case o.search && !slices.Contains(o.listed, e.Name):
		info.Why, info.Unlisted = "not listed: find_tools finds it", true
	default:
		_, info.Why = c.Standing(t.ID)
	}
	return info
}

// shadowed is what can be said of a tool that the model is not told of: what it
// would cost, and why it does not.
func (o *offer) shadowed(c *catalog.Catalog, s catalog.Shadow, off bool) ToolInfo {
	t := s.Tool
	size := toolBytes(llm.Tool{Name: c.Prefixed(t.ID), Description: t.Description.Raw(), Schema: t.Schema})
	info := ToolInfo{Tool: t, Why: s.Reason, Off: off, Bytes: size, Tokens: o.estimate.Tokens(size)}
	if off {
		info.Why = "turned off"
	}
	return info
}

// missing are the tools that the catalogue could not take at all.
func missing(known []ToolInfo, problems []catalog.Problem) []ToolInfo {
	var all []ToolInfo
	is := func(id catalog.ID) func(ToolInfo) bool { return func(i ToolInfo) bool { return i.Tool.ID == id } }
	for _, p := range problems {
		if p.Offered || slices.ContainsFunc(known, is(p.ID)) || slices.ContainsFunc(all, is(p.ID)) {
			continue
		}
		all = append(all, ToolInfo{Tool: catalog.Tool{ID: p.ID}, Why: "set aside: " + clean.Line(p.Message)})
	}
	return all
}

// budget sums up what is sent. Before the first request it tells of all tools.
func (o *offer) budget() Budget {
	names := o.sendable()
	b := Budget{MaxTools: o.max, MaxTokens: o.maxTokens(), Window: o.window}
	b.Searching = o.over(names) && (o.search || len(o.listed) < len(names))
	if o.search && b.Searching {
		o.keep(names)
		b.Rest = len(names) - len(o.listed) - len(o.found)
		names = slices.Concat(o.listed, o.found)
		b.Found = len(o.found)
	}
	b.Tools, b.Tokens = len(names), o.tokensOf(names)
	return b
}

// maxNamed is how many tools a notice names.
const maxNamed = 3

// news says in words which tools were set aside since it was last asked; "" when
// none was.
func (o *offer) news() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var said []string
	for _, e := range o.entries {
		aside := o.fits[e.Name].aside
		if aside == "" || o.told[e.Name] == aside {
			continue
		}
		o.told[e.Name] = aside
		said = append(said, clean.Line(e.Tools[0].ID.String())+": "+strings.TrimPrefix(aside, "set aside: "))
	}
	switch n := len(said); {
	case n == 0:
		return ""
	case n == 1:
		return "a tool is set aside: " + said[0]
	case n <= maxNamed:
		return fmt.Sprintf("%d tools are set aside: %s", n, strings.Join(said, "; "))
	default:
		return fmt.Sprintf("%d tools are set aside: %s; and %d more", n, strings.Join(said[:maxNamed], "; "), n-maxNamed)
	}
}
