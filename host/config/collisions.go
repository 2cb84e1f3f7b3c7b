package config

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// strategies are the choices that need no server's name.
var strategies = []string{"ask", "namespace", "priority", "describe", "ask-each-call"}

// modelName is what every provider takes as a tool's name.
var modelName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// A mention is a place that names a server.
type mention struct {
	server  string
	problem Problem // told when there is no such server
}

// readCollisions reads the section "collisions".
func (r *reader) readCollisions(m member) {
	c := &r.collisions
	spelled := ""
	for _, field := range m.members("an object") {
		switch field.name {
		case "strategy", "default":
			if spelled != "" {
				field.faultName(`"strategy" appears twice, in two spellings; the first one is used`, "remove one of the two")
				continue
			}
			spelled = field.name
			c.Default, _ = field.choice(strategies...)
		case "tools":
			c.Tools = r.readToolChoices(field)
		case "servers":
			c.Servers = r.readServerChoices(field)
		case "order":
			c.Order = r.readOrder(field)
		case "aliases":
			c.Aliases = r.readAliases(field)
		case "hide":
			c.Hide = r.readHidden(field)
		default:
			field.unknown(collisionKeys, nil)
		}
	}
}

func (r *reader) readToolChoices(m member) map[string]string {
	tools := map[string]string{}
	for _, tool := range m.members("an object of choices by tool") {
		s, ok := tool.text()
		server, fixed := strings.CutPrefix(s, "server:")
		switch {
		case !ok:
		case tool.name == "":
			tool.faultName("the tool has no name", "")
		case fixed && server != "":
			tools[tool.name] = s
			r.mention(tool.node, server, "the name goes to nobody")
		case slices.Contains(strategies, s):
			tools[tool.name] = s
		default:
			expected := oneOf(append(slices.Clone(strategies), "server:NAME"))
			tool.fault("expected "+expected+", found "+quoted(s), didYouMean(s, strategies))
		}
	}
	return tools
}

func (r *reader) readServerChoices(m member) map[string]string {
	servers := map[string]string{}
	for _, field := range m.members("an object of strategies by server") {
		if s, ok := field.choice(strategies...); ok {
			servers[field.name] = s
			r.mentionName(field, field.name, "it has no effect")
		}
	}
	return servers
}

func (r *reader) readOrder(m member) []string {
	var order []string
	for _, n := range m.elements("a list of servers", `write ["server", "another"]`) {
		s, ok := n.text()
		switch {
		case !ok:
		case slices.Contains(order, s):
			n.warn("the server stands in the list twice; the first place counts", "remove one of the two")
		default:
			order = append(order, s)
			r.mention(n, s, "it has no effect")
		}
	}
	return order
}

func (r *reader) readAliases(m member) map[string]string {
	aliases := map[string]string{}
	owner := map[string]string{} // of an alias
	for _, field := range m.members(`an object of names by "server/tool"`) {
		alias, ok := field.text()
		if !ok {
			continue
		}
		server, tool, _ := strings.Cut(field.name, "/")
		switch other, twice := owner[alias]; {
		case server == "" || tool == "":
			field.faultName("the key names no tool", `write "server/tool"`)
		case !modelName.MatchString(alias):
			field.fault("expected 1 to 64 of the characters a-z, A-Z, 0-9, _ and -, found "+quoted(alias), "")
		case twice:
			field.fault(quoted(alias)+" is already the name of "+quoted(other), "give one of them another name")
		default:
			aliases[field.name], owner[alias] = alias, field.name
			r.mentionName(field, server, "the alias has no effect")
		}
	}
	return aliases
}

func (r *reader) readHidden(m member) []string {
	var hidden []string
	for _, n := range m.elements("a list of tools", `write ["server/tool"]`) {
		s, ok := n.text()
		if !ok {
			continue
		}
		server, tool, _ := strings.Cut(s, "/")
		if server == "" || tool == "" {
			n.fault("expected a tool, found "+quoted(s), `write "server/tool"`)
			continue
		}
		hidden = append(hidden, s)
		r.mention(n, server, "it has no effect")
	}
	return hidden
}

// mention notes a value that names a server, mentionName a key that does.
func (r *reader) mention(n node, server, effect string) { r.note(n, n.v.StartOffset, server, effect) }

func (r *reader) mentionName(m member, server, effect string) {
	r.note(m.node, m.nameAt, server, effect)
}

func (r *reader) note(n node, offset int, server, effect string) {
	if offset >= r.cut {
		return
	}
	r.collisions.mentions = append(r.collisions.mentions, mention{server, Problem{
		At: r.position(offset), Key: n.key, Warning: true,
		Message: "there is no server " + quoted(server) + "; " + effect,
	}})
}

// Unknown warns of every place that names a server which is not among servers:
// all that there are, built-in ones included.
func (c Collisions) Unknown(servers []Server) []Problem {
	var known []string
	for _, s := range servers {
		known = append(known, s.Name)
	}
	var problems []Problem
	for _, m := range c.mentions {
		if !slices.Contains(known, m.server) {
			m.problem.Hint = didYouMean(m.server, known)
			problems = append(problems, m.problem)
		}
	}
	return problems
}

// merge lays the section of a later file over this one.
func (c *Collisions) merge(later Collisions) {
	if later.Default != "" {
		c.Default = later.Default
	}
	if later.Order != nil {
		c.Order = later.Order
	}
	c.Tools = overlaid(c.Tools, later.Tools)
	c.Servers = overlaid(c.Servers, later.Servers)
	c.Aliases = overlaid(c.Aliases, later.Aliases)
	c.Hide = append(c.Hide, later.Hide...)
	c.mentions = append(c.mentions, later.mentions...)
}

// overlaid is one table with another laid over it.
func overlaid(table, later map[string]string) map[string]string {
	if table == nil {
		return later
	}
	maps.Copy(table, later)
	return table
}
