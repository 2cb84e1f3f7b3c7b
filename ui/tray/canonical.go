package tray

import (
	"bytes"
	"encoding/json"
	"strings"
)

// maxIndent bounds how far nesting moves a line to the right.
const maxIndent = 12

// A printer writes JSON again from its tokens, so that every string is decoded
// and written in one way: an escape cannot hide what a value says, and a member
// that occurs twice is shown twice.
type printer struct {
	out    strings.Builder
	in     *json.Decoder
	indent string // "" for one line
	depth  int
}

// canonical writes a JSON value on one line, or indented. Text that is no JSON
// comes back as it is.
func canonical(value json.RawMessage, indent string) string {
	p := &printer{in: json.NewDecoder(bytes.NewReader(value)), indent: indent}
	p.in.UseNumber()
	if p.value() != nil {
		return string(value)
	}
	return p.out.String()
}

func (p *printer) value() error {
	t, err := p.in.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case json.Delim:
		return p.nest(t)
	case string:
		p.out.WriteString(quote(t))
	case json.Number:
		p.out.WriteString(t.String())
	case bool:
		p.out.WriteString(map[bool]string{true: "true", false: "false"}[t])
	default:
		p.out.WriteString("null")
	}
	return nil
}

// nest writes an object or an array whose opening was just read.
func (p *printer) nest(open json.Delim) error {
	p.out.WriteString(open.String())
	p.depth++
	n := 0
	for ; p.in.More(); n++ {
		if n > 0 {
			p.out.WriteByte(',')
			if p.indent == "" {
				p.out.WriteByte(' ')
			}
		}
		p.newline()
		if err := p.member(open == '{'); err != nil {
			return err
		}
	}
	p.depth--
	end, err := p.in.Token()
	if err != nil {
		return err
	}
	if n > 0 {
		p.newline()
	}
	p.out.WriteString(end.(json.Delim).String())
	return nil
}

func (p *printer) member(keyed bool) error {
	if keyed {
		key, err := p.in.Token()
		if err != nil {
			return err
		}
		p.out.WriteString(quote(key.(string)) + ": ")
	}
	return p.value()
}

func (p *printer) newline() {
	if p.indent != "" {
		p.out.WriteString("\n" + strings.Repeat(p.indent, min(p.depth, maxIndent)))
	}
}
