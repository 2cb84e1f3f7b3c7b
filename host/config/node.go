package config

import (
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/tailscale/hujson"
)

// A node is a value, with the path of keys that leads to it.
type node struct {
	r   *reader
	key string
	v   *hujson.Value
}

// A member is a value of an object, with its name.
type member struct {
	node
	name   string
	nameAt int // offset of the name
}

func (n node) fault(message, hint string) { n.report(n.v.StartOffset, message, hint, false) }
func (n node) warn(message, hint string)  { n.report(n.v.StartOffset, message, hint, true) }

// faultName and warnName point at the name instead of the value.
func (m member) faultName(message, hint string) { m.report(m.nameAt, message, hint, false) }
func (m member) warnName(message, hint string)  { m.report(m.nameAt, message, hint, true) }

func (n node) report(offset int, message, hint string, warning bool) {
	n.r.report(offset, Problem{Key: n.key, Message: message, Hint: hint, Warning: warning})
}

// kind says in words what the value is.
func (n node) kind() string {
	switch n.v.Value.Kind() {
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "a boolean"
	case '[':
		return "a list"
	case '{':
		return "an object"
	}
	return "null"
}

// mismatch reports a value of the wrong type.
func (n node) mismatch(want, hint string) {
	if hint == "" && n.v.Value.Kind() == 'n' && n.key != "" {
		hint = "leave the key out"
	}
	n.fault("expected "+want+", found "+n.kind(), hint)
}

// plainName is a key that needs no quotes in a path.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_$-]{1,60}$`)

// path is the key of a child called name.
func (n node) path(name string) string {
	switch {
	case !plainName.MatchString(name) || looksSecret(name):
		return n.key + "[" + quoted(name) + "]"
	case n.key == "":
		return name
	}
	return n.key + "." + name
}

// members gives an object's members in the order of the text. Of a name that
// stands twice the first one counts.
func (n node) members(want string) []member {
	return n.membersOr(want, "")
}

// membersOr is members with a hint for a value that is no object.
func (n node) membersOr(want, hint string) []member {
	object, ok := n.v.Value.(*hujson.Object)
	if !ok {
		n.mismatch(want, hint)
		return nil
	}
	first := map[string]int{}
	var members []member
	for i := range object.Members {
		m := n.member(&object.Members[i])
		if at, twice := first[m.name]; twice {
			m.faultName(fmt.Sprintf("the key appears twice; the first one, on line %d, is used", at), "remove one of the two")
			continue
		}
		first[m.name] = n.r.position(m.nameAt).Line
		if !utf8.Valid(object.Members[i].Name.Value.(hujson.Literal)) {
			m.faultName("the name is not valid UTF-8", "save the file as UTF-8")
			continue
		}
		members = append(members, m)
	}
	return members
}

func (n node) member(m *hujson.ObjectMember) member {
	name := m.Name.Value.(hujson.Literal).String()
	return member{node{n.r, n.path(name), &m.Value}, name, m.Name.StartOffset}
}

// elements gives a list's elements.
func (n node) elements(want, hint string) []node {
	array, ok := n.v.Value.(*hujson.Array)
	if !ok {
		n.mismatch(want, hint)
		return nil
	}
	nodes := make([]node, len(array.Elements))
	for i := range array.Elements {
		nodes[i] = n.element(i, &array.Elements[i])
	}
	return nodes
}

func (n node) element(i int, v *hujson.Value) node {
	return node{n.r, n.key + "[" + strconv.Itoa(i) + "]", v}
}

// text gives a string.
func (n node) text() (string, bool) { return n.textOr("a string", "") }

// textOr is text with what to say of a value that is no string.
func (n node) textOr(want, hint string) (string, bool) {
	literal, ok := n.v.Value.(hujson.Literal)
	if !ok || literal.Kind() != '"' {
		n.mismatch(want, hint)
		return "", false
	}
	if !utf8.Valid(literal) {
		n.fault("the string is not valid UTF-8", "save the file as UTF-8")
		return "", false
	}
	return literal.String(), true
}

// choice gives a string that must be one of known.
func (n node) choice(known ...string) (string, bool) {
	s, ok := n.text()
	if !ok {
		return "", false
	}
	for _, k := range known {
		if s == k {
			return s, true
		}
	}
	n.fault("expected "+oneOf(known)+", found "+quoted(s), didYouMean(s, known))
	return "", false
}

// flag gives true or false.
func (n node) flag() (value, ok bool) {
	switch n.v.Value.Kind() {
	case 't', 'f':
		return n.v.Value.Kind() == 't', true
	case '"':
		n.mismatch("true or false", "remove the quotes")
	default:
		n.mismatch("true or false", "")
	}
	return false, false
}

// literal repeats a number or a truth value as it is written.
func (n node) literal() string {
	literal, _ := n.v.Value.(hujson.Literal)
	return shown(string(literal))
}

// number gives a number that fits a float64.
func (n node) number(want string) (float64, bool) {
	if n.v.Value.Kind() != '0' {
		n.mismatch(want, "")
		return 0, false
	}
	f, err := strconv.ParseFloat(string(n.v.Value.(hujson.Literal)), 64)
	if err != nil {
		n.fault("expected "+want+", found one that is too large", "")
		return 0, false
	}
	return f, true
}
