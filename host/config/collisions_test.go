package config_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"switchboard/host/config"
)

func TestTheCollisionsSection(t *testing.T) {
	t.Parallel()
	c := parse(`{"collisions": {
		"strategy": "describe",
		"tools": {"search": "server:notes", "list": "priority"},
		"servers": {"web": "namespace", "my files": "ask"},
		"order": ["notes", "web"],
		"aliases": {"web/search": "google", "my files/a/b": "a-b"},
		"hide": ["web/delete_all"]
	}}`)
	want := config.Collisions{
		Default: "describe",
		Tools:   map[string]string{"search": "server:notes", "list": "priority"},
		Servers: map[string]string{"web": "namespace", "my files": "ask"},
		Order:   []string{"notes", "web"},
		Aliases: map[string]string{"web/search": "google", "my files/a/b": "a-b"},
		Hide:    []string{"web/delete_all"},
	}
	got := c.Collisions
	if len(c.Problems) != 0 || got.Default != want.Default || !maps.Equal(got.Tools, want.Tools) || !maps.Equal(got.Servers, want.Servers) ||
		!slices.Equal(got.Order, want.Order) || !maps.Equal(got.Aliases, want.Aliases) || !slices.Equal(got.Hide, want.Hide) {
		t.Errorf("%+v\n%v", got, c.Problems)
	}
}

func TestCollisionFaults(t *testing.T) {
	t.Parallel()
	checkFaults(t, []fault{
		{"the strategy in two spellings", `{"collisions": {"default": "ask", "strategy": "ask"}}`, []string{
			`1:35: collisions.strategy: "strategy" appears twice, in two spellings; the first one is used (remove one of the two)`,
		}},
		{"a strategy misspelt", `{"collisions": {"strategy": "prioritys"}}`, []string{
			`1:29: collisions.strategy: expected "ask", "namespace", "priority", "describe" or "ask-each-call", found "prioritys" (did you mean "priority"?)`,
		}},
		{"a server's strategy names a server", `{"collisions": {"servers": {"a": "server:b"}}}`, []string{
			`1:34: collisions.servers.a: expected "ask", "namespace", "priority", "describe" or "ask-each-call", found "server:b"`,
		}},
		{"an order that is none", `{"collisions": {"order": "a"}}`, []string{
			`1:26: collisions.order: expected a list of servers, found a string (write ["server", "another"])`,
		}},
		{"a server twice in the order", `{"collisions": {"order": ["a", 1, "a"]}}`, []string{
			`1:32: collisions.order[1]: expected a string, found a number`,
			`1:35: warning: collisions.order[2]: the server stands in the list twice; the first place counts (remove one of the two)`,
		}},
		{"an alias of no tool", `{"collisions": {"aliases": {"a": "x", "a/": "y", "/b": "z"}}}`, []string{
			`1:29: collisions.aliases.a: the key names no tool (write "server/tool")`,
			`1:39: collisions.aliases["a/"]: the key names no tool (write "server/tool")`,
			`1:50: collisions.aliases["/b"]: the key names no tool (write "server/tool")`,
		}},
		{"an alias that no model takes", `{"collisions": {"aliases": {"a/b": "two words"}}}`, []string{
			`1:36: collisions.aliases["a/b"]: expected 1 to 64 of the characters a-z, A-Z, 0-9, _ and -, found "two words"`,
		}},
		{"an alias given twice", `{"collisions": {"aliases": {"a/b": "x", "c/d": "x"}}}`, []string{
			`1:48: collisions.aliases["c/d"]: "x" is already the name of "a/b" (give one of them another name)`,
		}},
		{"hidden is no tool", `{"collisions": {"hide": ["a", "b/c"]}}`, []string{
			`1:26: collisions.hide[0]: expected a tool, found "a" (write "server/tool")`,
		}},
	})
}

func TestServersThatAreNotThere(t *testing.T) {
	t.Parallel()
	c := parse(`{"mcpServers": {"notes": {"command": "n"}}, "collisions": {
  "tools": {"search": "server:note", "read": "server:notes"},
  "servers": {"Notes": "ask"},
  "order": ["notes", "gone"],
  "aliases": {"gone/t": "x"},
  "hide": ["built-in/t", "notes/t"]
}}`)
	if len(c.Problems) != 0 {
		t.Errorf("problems before all servers are known: %v", c.Problems)
	}
	servers := append(slices.Clone(c.Servers), config.Server{Name: "built-in", Builtin: true})
	want := []string{
		`/etc/f.json:2:23: warning: collisions.tools.search: there is no server "note"; the name goes to nobody (did you mean "notes"?)`,
		`/etc/f.json:3:15: warning: collisions.servers.Notes: there is no server "Notes"; it has no effect (did you mean "notes"?)`,
		`/etc/f.json:4:22: warning: collisions.order[1]: there is no server "gone"; it has no effect`,
		`/etc/f.json:5:15: warning: collisions.aliases["gone/t"]: there is no server "gone"; the alias has no effect`,
	}
	var got []string
	for _, p := range c.Collisions.Unknown(servers) {
		got = append(got, p.Error())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestCollisionsOfSeveralFiles(t *testing.T) {
	t.Parallel()
	c := config.Load(write(t,
		`{"collisions": {"strategy": "priority", "order": ["a", "b"], "servers": {"a": "ask"}, "aliases": {"a/t": "x", "b/t": "y"}, "hide": ["a/u"]}}`,
		`{"collisions": {"order": ["b"], "servers": {"a": "describe", "b": "ask"}, "aliases": {"a/t": "z"}, "hide": ["b/u"]}}`,
		`{"theme": "dark"}`,
	), env())
	got := c.Collisions
	if got.Default != "priority" || !slices.Equal(got.Order, []string{"b"}) || !slices.Equal(got.Hide, []string{"a/u", "b/u"}) ||
		!reflect.DeepEqual(got.Servers, map[string]string{"a": "describe", "b": "ask"}) || !reflect.DeepEqual(got.Aliases, map[string]string{"a/t": "z", "b/t": "y"}) {
		t.Errorf("%+v", got)
	}
	if n := len(got.Unknown(nil)); n != 11 {
		t.Errorf("%d places name a server", n)
	}
}
