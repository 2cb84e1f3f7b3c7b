package catalog

import (
	"cmp"
	"slices"
	"strings"

	"switchboard/host/clean"
)

// Listed is a resource, a resource template or a prompt in the catalogue, under a
// name that no other of its kind has.
type Listed[T any] struct {
	// Name is safe to show: the item's own where only one has it, else with its
	// server before it, and at last with a hash tail. It does not depend on the
	// order in which servers connected.
	Name   string
	Server string // the origin
	Item   T
}

// Counts is how many of each kind a server, or all of them, bring.
type Counts struct{ Tools, Resources, Templates, Prompts int }

// Resources lists the resources of all servers, by name.
func (c *Catalog) Resources() []Listed[Resource] { return slices.Clone(c.resources) }

// Templates lists the resource templates of all servers, by name.
func (c *Catalog) Templates() []Listed[Template] { return slices.Clone(c.templates) }

// Prompts lists the prompts of all servers, by name.
func (c *Catalog) Prompts() []Listed[Prompt] { return slices.Clone(c.prompts) }

// Counts tells what each server brings; Tools counts those that were accepted,
// offered to the model or not.
func (c *Catalog) Counts() map[string]Counts {
	counts := map[string]Counts{}
	add := func(server string, one Counts) {
		n := counts[server]
		counts[server] = Counts{n.Tools + one.Tools, n.Resources + one.Resources, n.Templates + one.Templates, n.Prompts + one.Prompts}
	}
	for server := range c.servers {
		add(server, Counts{})
	}
	for id := range c.tools {
		add(id.Server, Counts{Tools: 1})
	}
	for _, r := range c.resources {
		add(r.Server, Counts{Resources: 1})
	}
	for _, t := range c.templates {
		add(t.Server, Counts{Templates: 1})
	}
	for _, p := range c.prompts {
		add(p.Server, Counts{Prompts: 1})
	}
	return counts
}

// list takes over what is no tool.
func (c *Catalog) list(offers []Offer) {
	var resources, templates, prompts []item
	for _, o := range offers {
		for i, r := range o.Resources {
			resources = append(resources, item{o.Server, r.URI, title(r.Name, r.Title, r.URI), i})
		}
		for i, t := range o.Templates {
			templates = append(templates, item{o.Server, t.URITemplate, title(t.Name, t.Title, t.URITemplate), i})
		}
		for i, p := range o.Prompts {
			prompts = append(prompts, item{o.Server, p.Name, p.Name, i})
		}
	}
	byServer := map[string]Offer{}
	for _, o := range offers {
		byServer[o.Server] = o
	}
	c.resources = name(resources, func(i item) Resource {
		r := byServer[i.server].Resources[i.at]
		r.Server = i.server
		return r
	})
	c.templates = name(templates, func(i item) Template {
		t := byServer[i.server].Templates[i.at]
		t.Server = i.server
		return t
	})
	c.prompts = name(prompts, func(i item) Prompt {
		p := byServer[i.server].Prompts[i.at]
		p.Server = i.server
		return p
	})
}

// An item is something that wants a name; server and key are its identity.
type item struct {
	server, key, wish string
	at                int // in the list of its server
}

// title is what an item likes to be called.
func title(name, title clean.Text, key string) string {
	switch {
	case !name.Empty():
		return name.Raw()
	case !title.Empty():
		return title.Raw()
	}
	return key
}

// name gives every item its name; of an identity that stands twice the first
// counts, and one without a key is left out.
func name[T any](items []item, get func(item) T) []Listed[T] {
	seen := map[[2]string]bool{}
	items = slices.DeleteFunc(items, func(i item) bool {
		twice := seen[[2]string{i.server, i.key}]
		seen[[2]string{i.server, i.key}] = true
		return twice || i.key == ""
	})
	short, long := map[string]int{}, map[string]int{}
	for _, i := range items {
		short[shown(i.wish)]++
		long[shown(i.server+"/"+i.wish)]++
	}
	var all []Listed[T]
	for _, i := range items {
		n, qualified := shown(i.wish), shown(i.server+"/"+i.wish)
		if short[n] > 1 || long[n] > 0 || tailed.MatchString(n) {
			n = qualified
			if long[n] > 1 || short[n] > 0 || tailed.MatchString(n) {
				n += "_" + digest(i.server+"\x00"+i.key, tailHex)
			}
		}
		all = append(all, Listed[T]{n, i.server, get(i)})
	}
	slices.SortFunc(all, func(a, b Listed[T]) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Server, b.Server))
	})
	return all
}

// shown is a foreign name on one line, of at most [maxRawName] bytes.
func shown(s string) string { return clean.Head(clean.Line(s), maxRawName) }
