package host

import (
	"cmp"
	"slices"

	"switchboard/llm/find"
)

// keep leaves out of what was sent before whatever can no longer be sent.
func (o *offer) keep(names []string) {
	gone := func(name string) bool { return !slices.Contains(names, name) }
	o.listed = slices.DeleteFunc(slices.Clone(o.listed), gone)
	o.found = slices.DeleteFunc(slices.Clone(o.found), gone)
}

// fill lists tools up to the budget: what the session has used, what fits the
// prompt best, then whole servers, the smallest first. It does so once: what is
// listed later would change the beginning of the request.
func (o *offer) fill(names []string, prompt string) {
	o.listed = slices.Clone(o.listed)
	add := func(more []string) {
		for _, name := range more {
			if !slices.Contains(o.listed, name) && o.room(append(slices.Clone(o.listed), name)) {
				o.listed = append(o.listed, name)
			}
		}
	}
	add(o.mostUsed(names))
	add(o.best(names, prompt))
	for _, group := range o.byServer(names) {
		if o.room(slices.Compact(slices.Sorted(slices.Values(slices.Concat(o.listed, group))))) {
			add(group)
		}
	}
	slices.Sort(o.listed)
}

// room tells whether so many tools fit the budget beside find_tools.
func (o *offer) room(names []string) bool {
	limit := o.maxTokens()
	return (o.max == 0 || len(names) < o.max) && (limit == 0 || o.tokensOf(names) <= limit)
}

// mostUsed lists the names that were called, the last one first.
func (o *offer) mostUsed(names []string) []string {
	called := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return o.used[name] == 0 })
	slices.SortFunc(called, func(a, b string) int { return cmp.Compare(o.used[b], o.used[a]) })
	return called
}

// best lists the names whose tools share words with a text, the best first.
func (o *offer) best(names []string, text string) []string {
	docs := make([]find.Document, len(names))
	for i, name := range names {
		docs[i] = o.fits[name].document
	}
	var best []string
	for _, i := range find.NewIndex(docs).Best(find.Ask(text)) {
		best = append(best, names[i])
	}
	return best
}

// byServer groups the names by who offers them, the smallest group first.
func (o *offer) byServer(names []string) [][]string {
	groups := map[string][]string{}
	var servers []string
	for _, name := range names {
		server := o.fits[name].tool.Server
		if groups[server] == nil {
			servers = append(servers, server)
		}
		groups[server] = append(groups[server], name)
	}
	slices.SortFunc(servers, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(groups[a]), len(groups[b])), cmp.Compare(a, b))
	})
	all := make([][]string, len(servers))
	for i, server := range servers {
		all[i] = groups[server]
	}
	return all
}

// shrink drops tools until the provider's limit holds, find_tools counted: those
// not used for the longest time, found ones before listed ones.
func (o *offer) shrink() {
	hard := o.rules.MaxTools
	for hard > 0 && len(o.listed)+len(o.found)+1 > hard {
		from := &o.found
		if len(o.found) == 0 {
			from = &o.listed
		}
		oldest := slices.MinFunc(*from, func(a, b string) int { return cmp.Compare(o.used[a], o.used[b]) })
		*from = slices.DeleteFunc(*from, func(name string) bool { return name == oldest })
	}
}
