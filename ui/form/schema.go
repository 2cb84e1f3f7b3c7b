package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"switchboard/host/clean"
)

const (
	// maxDepth bounds how deep a schema is read.
	maxDepth = 12
	// maxNodes bounds how much of a schema is read, in properties.
	maxNodes = 1000
)

// A Node is one value that a schema describes. Its texts are raw.
type Node struct {
	Name        string
	Kind        string // "string", "array of number", "any"…; "" for anything
	Required    bool
	Description string
	Enum        []json.RawMessage
	Default     json.RawMessage // nil for none
	Limits      []string        // "1 … 100", "matches ^a"…
	Children    []Node          // of an object, of an array's items, or alternatives
}

// A schema is what is known of one JSON Schema while it is read.
type schema struct {
	root  json.RawMessage
	nodes int
}

// Read reads a tool's schema into a tree. What it does not understand is
// left out; an error means that there is no object to read.
func Read(raw json.RawMessage) (Node, error) {
	r := &schema{root: raw}
	if _, err := members(raw); err != nil {
		return Node{}, err
	}
	return r.read("", raw, 0, nil), nil
}

// A member is one member of a JSON object, in its place.
type member struct {
	name  string
	value json.RawMessage
}

var errNoObject = errors.New("not a JSON object")

// members are those of a JSON object, in the order in which they stand there.
func members(raw json.RawMessage) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errNoObject
	}
	var all []member
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("reading a name: %w", err)
		}
		m := member{}
		m.name, _ = t.(string)
		if err := d.Decode(&m.value); err != nil {
			return nil, fmt.Errorf("reading %s: %w", clean.Line(m.name), err)
		}
		all = append(all, m)
	}
	return all, nil
}

// read makes the Node of one part of the schema. seen are the references that
// were followed on the way here.
func (r *schema) read(name string, raw json.RawMessage, depth int, seen []string) Node {
	n := Node{Name: name}
	r.nodes++
	s := decodeShape(raw)
	if depth > maxDepth || r.nodes > maxNodes {
		n.Kind = "…"
		return n
	}
	if s.Ref != "" {
		return r.follow(n, s, depth, seen)
	}
	n.Kind, n.Description = kindOf(s), s.Description
	if n.Description == "" {
		n.Description = s.Title
	}
	n.Enum, n.Default, n.Limits = s.Enum, s.Default, s.words()
	if s.Const != nil {
		n.Enum = []json.RawMessage{s.Const}
	}
	if n.Kind == "" && len(n.Enum) > 0 {
		n.Kind = "choice"
	}
	n.Children = r.properties(s, depth, seen)
	r.items(&n, s, depth, seen)
	r.alternatives(&n, s, depth, seen)
	return n
}

// follow reads what a reference inside the schema points at; a circle ends there.
func (r *schema) follow(n Node, s shape, depth int, seen []string) Node {
	for _, ref := range seen {
		if ref == s.Ref {
			n.Kind = "as above: " + s.Ref
			return n
		}
	}
	target, ok := r.find(s.Ref)
	if !ok {
		n.Kind = "see " + s.Ref
		return n
	}
	found := r.read(n.Name, target, depth+1, append(seen[:len(seen):len(seen)], s.Ref))
	if s.Description != "" {
		found.Description = s.Description
	}
	if s.Default != nil {
		found.Default = s.Default
	}
	return found
}

// find walks a JSON pointer such as "#/$defs/place".
func (r *schema) find(ref string) (json.RawMessage, bool) {
	path, local := strings.CutPrefix(ref, "#")
	if !local {
		return nil, false
	}
	at := r.root
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for step := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if path == "" {
			break
		}
		var object map[string]json.RawMessage
		if json.Unmarshal(at, &object) != nil || object[unescape.Replace(step)] == nil {
			return nil, false
		}
		at = object[unescape.Replace(step)]
	}
	return at, true
}

func (r *schema) properties(s shape, depth int, seen []string) []Node {
	all, err := members(s.Properties)
	if err != nil {
		return nil
	}
	required := map[string]bool{}
	for _, name := range s.Required {
		required[name] = true
	}
	var children []Node
	for _, m := range all {
		if r.nodes > maxNodes {
			break
		}
		child := r.read(m.name, m.value, depth+1, seen)
		child.Required = required[m.name]
		children = append(children, child)
	}
	return children
}

// items tells of what an array is made; the properties of its objects become the
// Node's own children.
func (r *schema) items(n *Node, s shape, depth int, seen []string) {
	if s.Items == nil {
		return
	}
	item := r.read("", s.Items, depth+1, seen)
	if item.Kind != "" {
		n.Kind = "array of " + item.Kind
	}
	if len(item.Enum) > 0 && n.Enum == nil {
		n.Limits = append(n.Limits, "each "+Choices(item.Enum))
	}
	n.Children = append(n.Children, item.Children...)
}

func (r *schema) alternatives(n *Node, s shape, depth int, seen []string) {
	var kinds []string
	for _, list := range [][]json.RawMessage{s.AnyOf, s.OneOf, s.AllOf} {
		for _, raw := range list {
			if r.nodes > maxNodes {
				return
			}
			part := r.read("", raw, depth+1, seen)
			if part.Kind != "" {
				kinds = append(kinds, part.Kind)
			}
			n.Children = append(n.Children, part.Children...)
			n.Enum = append(n.Enum, part.Enum...)
		}
	}
	if n.Kind == "" && len(kinds) > 0 {
		n.Kind = strings.Join(kinds, " or ")
	}
}
