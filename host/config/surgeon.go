package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/tailscale/hujson"
)

// byteOrderMark begins the files of some editors on Windows.
const byteOrderMark = "\xef\xbb\xbf"

// A surgeon cuts one change into the text of a file and leaves every other byte
// as it is.
type surgeon struct {
	text              []byte
	server            string
	disabled, builtin bool
}

// operate gives the text after the change.
func (e *surgeon) operate() ([]byte, error) {
	body, marked := bytes.CutPrefix(e.text, []byte(byteOrderMark))
	e.text = body
	after, err := e.change()
	if err != nil || bytes.Equal(after, body) {
		return after, err
	}
	if err := e.check(after); err != nil {
		return nil, err
	}
	if marked {
		after = append([]byte(byteOrderMark), after...)
	}
	return after, nil
}

func (e *surgeon) change() ([]byte, error) {
	if len(bytes.TrimSpace(e.text)) == 0 {
		return e.add(nil, nil)
	}
	root, err := parseForEdit(e.text)
	if err != nil {
		return nil, err
	}
	_, servers := find(root, "mcpServers")
	if servers == nil {
		return e.add(root, nil)
	}
	list, ok := servers.Value.Value.(*hujson.Object)
	if !ok {
		return nil, errors.New(`its "mcpServers" is no object`)
	}
	i, entry := find(list, e.server)
	if entry == nil {
		return e.add(root, servers)
	}
	return e.mark(list, i)
}

// add puts in the entry of a built-in server. Any other must be there already.
func (e *surgeon) add(root *hujson.Object, servers *hujson.ObjectMember) ([]byte, error) {
	if !e.builtin {
		return nil, errors.New("the file has no entry of that name")
	}
	member := quotedJSON(e.server) + `: {"disabled": true}`
	switch {
	case !e.disabled:
		return e.text, nil
	case root == nil:
		return newFile(e.server), nil
	case servers == nil:
		return e.insert(e.objectStart(), len(root.Members) == 0, `"mcpServers": {`+member+`}`), nil
	}
	list := servers.Value.Value.(*hujson.Object)
	return e.insert(servers.Value.StartOffset, len(list.Members) == 0, member), nil
}

// objectStart is where the root object begins, after comments.
func (e *surgeon) objectStart() int {
	root, _ := hujson.Parse(e.text) // parsed before
	return root.StartOffset
}

// mark sets "disabled" in an entry that is there.
func (e *surgeon) mark(list *hujson.Object, i int) ([]byte, error) {
	entry := &list.Members[i]
	fields, ok := entry.Value.Value.(*hujson.Object)
	if !ok {
		return nil, errors.New("the entry is no object")
	}
	_, flag := find(fields, "disabled")
	switch {
	case e.builtin && !e.disabled && flag != nil && len(fields.Members) == 1:
		return e.remove(list, i), nil // it would say nothing, which is a fault
	case flag != nil:
		return splice(e.text, flag.Value.StartOffset, flag.Value.EndOffset, boolean(e.disabled)), nil
	case !e.disabled:
		return e.text, nil
	}
	return e.insert(entry.Value.StartOffset, len(fields.Members) == 0, `"disabled": true`), nil
}

// insert puts a member first into the object that begins at an offset, laid out as
// the member that was first.
func (e *surgeon) insert(object int, empty bool, member string) []byte {
	at := object + 1
	rest := e.text[at:]
	space := string(rest[:len(rest)-len(bytes.TrimLeft(rest, " \t\r\n"))])
	if empty {
		if strings.Contains(space, "\n") {
			member = space + "  " + member // the space leads to the closing brace, one level out
		}
		return splice(e.text, at, at, member)
	}
	if space == "" {
		return splice(e.text, at, at, member+", ")
	}
	return splice(e.text, at, at, space+member+",")
}

// remove takes a member out with one of the commas beside it, and with its line
// when it has one to itself.
func (e *surgeon) remove(list *hujson.Object, i int) []byte {
	m := &list.Members[i]
	from, to := m.Name.StartOffset, m.Value.EndOffset
	before := bytes.TrimRight(e.text[:from], " \t")
	if bytes.HasSuffix(before, []byte("\n")) {
		from = len(bytes.TrimSuffix(bytes.TrimSuffix(before, []byte("\n")), []byte("\r")))
	}
	if comma := to + len(m.Value.AfterExtra); comma < len(e.text) && e.text[comma] == ',' {
		return splice(e.text, from, comma+1, "")
	}
	text := splice(e.text, from, to, "")
	if i > 0 {
		last := &list.Members[i-1].Value
		comma := last.EndOffset + len(last.AfterExtra)
		text = splice(text, comma, comma+1, "")
	}
	return text
}

// find gives the first member of a name: of two the reader takes that one too.
func find(object *hujson.Object, name string) (int, *hujson.ObjectMember) {
	i := slices.IndexFunc(object.Members, func(m hujson.ObjectMember) bool {
		return m.Name.Value.(hujson.Literal).String() == name
	})
	if i < 0 {
		return i, nil
	}
	return i, &object.Members[i]
}

func splice(text []byte, from, to int, with string) []byte {
	return slices.Concat(text[:from], []byte(with), text[to:])
}

func boolean(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func quotedJSON(s string) string {
	literal, _ := json.Marshal(s) // cannot fail for a string
	return string(literal)
}
