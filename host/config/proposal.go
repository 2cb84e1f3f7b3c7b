package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/tailscale/hujson"
)

// A Proposal is how a project file wants a server started or reached: every word
// as it stands in the file, no variable filled in and nothing masked or cut. Its
// texts are foreign, to be cleaned where they are shown.
type Proposal struct {
	Folder string // where the file lies, links resolved
	File   string // its name in that folder
	Server string // what the entry is called
	// Hash is that of the entry's name and content, in the form of
	// [Server.Identity]. White space and comments do not count; all else does.
	Hash    string
	Command string   // empty when the server is reached by URL
	Args    []string // without the command
	Dir     string   // the working directory
	URL     string
	Env     []Setting // variables that the entry sets
	Headers []Setting
	// Takes names the variables of our own environment that the entry is given,
	// in the order it uses them.
	Takes []string
}

// A Setting is a name and what a file sets it to.
type Setting struct{ Name, Value string }

// Lines tells the proposal a line a fact, as it stands in the file.
func (p Proposal) Lines() []string {
	lines := []string{p.File + " in " + p.Folder}
	add := func(what string, words ...string) {
		for _, w := range words {
			lines = append(lines, what+" "+w)
		}
	}
	if p.URL != "" {
		add("reaches", p.URL)
	} else {
		add("runs", p.Command)
		add("argument", p.Args...)
		add("in", p.Dir)
	}
	for _, s := range p.Env {
		add("sets", s.Name)
	}
	for _, s := range p.Headers {
		add("header", s.Name)
	}
	add("takes", p.Takes...)
	return lines
}

// propose keeps what a sound entry of a project file says.
func (e *entry) propose(m member) {
	p := &Proposal{
		Folder: m.r.dir, File: filepath.Base(m.r.file), Server: m.name,
		Hash: identity("proposal", []string{m.name, content(m.v)}), Dir: m.r.dir,
	}
	for _, field := range fields(m.v) {
		p.read(field, e.Dir)
	}
	e.Proposal, e.Untrusted = p, p.File+" of this folder asks for it"
}

// read takes over one field. dir is the working directory if the entry names one
// without variables.
func (p *Proposal) read(f field, dir string) {
	switch f.name {
	case "command":
		p.Command = p.word(f.v)
	case "args":
		for _, v := range elements(f.v) {
			p.Args = append(p.Args, p.word(v))
		}
	case "cwd":
		p.Dir = p.word(f.v)
		if dir != "" {
			p.Dir = dir
		}
	case "url":
		p.URL = p.word(f.v)
	case "env":
		p.Env = p.settings(f.v)
	case "headers":
		p.Headers = p.settings(f.v)
	}
}

// word gives a string and notes the variables that it uses.
func (p *Proposal) word(v *hujson.Value) string {
	literal, _ := v.Value.(hujson.Literal)
	if literal.Kind() != '"' {
		return ""
	}
	text := literal.String()
	for _, match := range variable.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(p.Takes, match[1]) {
			p.Takes = append(p.Takes, match[1])
		}
	}
	return text
}

func (p *Proposal) settings(v *hujson.Value) []Setting {
	var all []Setting
	for _, f := range fields(v) {
		all = append(all, Setting{f.name, p.word(f.v)})
	}
	slices.SortFunc(all, func(a, b Setting) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// A field is a member of an object that was found sound before.
type field struct {
	name string
	v    *hujson.Value
}

func fields(v *hujson.Value) []field {
	object, ok := v.Value.(*hujson.Object)
	if !ok {
		return nil
	}
	all := make([]field, len(object.Members))
	for i := range object.Members {
		name, _ := object.Members[i].Name.Value.(hujson.Literal)
		all[i] = field{name.String(), &object.Members[i].Value}
	}
	return all
}

func elements(v *hujson.Value) []*hujson.Value {
	array, ok := v.Value.(*hujson.Array)
	if !ok {
		return nil
	}
	all := make([]*hujson.Value, len(array.Elements))
	for i := range array.Elements {
		all[i] = &array.Elements[i]
	}
	return all
}

// content is a value's text without white space and comments.
func content(v *hujson.Value) string {
	bare := v.Clone()
	bare.Minimize()
	return string(bare.Pack())
}
