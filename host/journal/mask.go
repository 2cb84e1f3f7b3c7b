package journal

import (
	"bytes"
	"encoding/json"
	"slices"
)

// A Mask replaces the secrets in a text. It is not applied to what this program
// itself puts into a record, such as a role or a state: a password may be a word
// like "user".
type Mask func(string) string

// A maskable is data with text of others in it.
type maskable interface{ masked(Mask) any }

func (t Turn) masked(mask Mask) any     { t.Prompt = mask(t.Prompt); return t }
func (t Text) masked(mask Mask) any     { t.Text = mask(t.Text); return t }
func (v Voided) masked(mask Mask) any   { v.Why = mask(v.Why); return v }
func (q Question) masked(mask Mask) any { q.Name = mask(q.Name); return q }
func (a Answer) masked(mask Mask) any   { a.Detail = maskJSON(a.Detail, mask); return a }
func (n Notice) masked(mask Mask) any   { n.Text = mask(n.Text); return n }
func (h Health) masked(mask Mask) any   { h.Reason = mask(h.Reason); return h }

func (c Call) masked(mask Mask) any {
	c.Name, c.Tool, c.Arguments = mask(c.Name), mask(c.Tool), maskJSON(c.Arguments, mask)
	return c
}

func (d Decision) masked(mask Mask) any {
	d.Tool, d.Rule, d.Arguments = mask(d.Tool), mask(d.Rule), maskJSON(d.Arguments, mask)
	d.Reasons = slices.Clone(d.Reasons)
	for i, reason := range d.Reasons {
		d.Reasons[i] = mask(reason)
	}
	return d
}

func (a Approval) masked(mask Mask) any {
	a.Grant, a.Reason, a.Arguments = mask(a.Grant), mask(a.Reason), maskJSON(a.Arguments, mask)
	return a
}

func (s Sent) masked(mask Mask) any {
	s.Tool, s.Arguments = mask(s.Tool), maskJSON(s.Arguments, mask)
	return s
}

func (r Result) masked(mask Mask) any {
	r.Tool, r.Text = mask(r.Tool), mask(r.Text)
	return r
}

func (r Reply) masked(mask Mask) any {
	r.Name, r.Text = mask(r.Name), mask(r.Text)
	return r
}

func (e End) masked(mask Mask) any {
	if e.Failure != nil {
		f := *e.Failure
		f.Message, f.Hint = mask(f.Message), mask(f.Hint)
		e.Failure = &f
	}
	return e
}

func (t Tools) masked(mask Mask) any {
	definitions := make(map[string]string, len(t.Definitions))
	for name, hash := range t.Definitions {
		definitions[mask(name)] = hash
	}
	t.Definitions = definitions
	return t
}

func (s Splice) masked(mask Mask) any {
	s.With = slices.Clone(s.With)
	for i, m := range s.With {
		s.With[i] = m.masked(mask).(Message)
	}
	return s
}

// masked leaves a provider's own data as it is where it holds no secret: it may be
// signed. Where it holds one it is left out.
func (m Message) masked(mask Mask) any {
	m.Parts = slices.Clone(m.Parts)
	if m.Opaque != nil && mask(string(m.Opaque.Data)) != string(m.Opaque.Data) {
		m.Opaque = nil
	}
	for i, p := range m.Parts {
		p.Text, p.Reasoning = mask(p.Text), mask(p.Reasoning)
		if p.Call != nil {
			c := *p.Call
			c.Name, c.Malformed, c.Arguments = mask(c.Name), mask(c.Malformed), maskJSON(c.Arguments, mask)
			p.Call = &c
		}
		if p.Result != nil {
			r := p.Result.masked(mask).(Reply)
			p.Result = &r
		}
		m.Parts[i] = p
	}
	return m
}

// maskJSON masks the strings of a JSON text, names of members included, and the
// numbers that hold a secret, which become strings. What is no JSON becomes a
// string of it.
func maskJSON(text json.RawMessage, mask Mask) json.RawMessage {
	if len(text) == 0 {
		return nil
	}
	if !json.Valid(text) {
		return quoted(mask(string(text)))
	}
	var out []byte
	at := 0
	for i := 0; i < len(text); {
		end := scalarEnd(text, i)
		if end == i {
			i++
			continue
		}
		plain := string(text[i:end])
		if text[i] == '"' {
			_ = json.Unmarshal(text[i:end], &plain) // it is valid
		}
		if m := mask(plain); m != plain {
			out = append(append(out, text[at:i]...), quoted(m)...)
			at = end
		}
		i = end
	}
	return append(out, text[at:]...)
}

// scalarEnd is where the string or number that begins at i ends; i when none does.
func scalarEnd(text []byte, i int) int {
	if bytes.IndexByte([]byte("-0123456789"), text[i]) >= 0 {
		for i < len(text) && bytes.IndexByte([]byte("+-.eE0123456789"), text[i]) >= 0 {
			i++
		}
		return i
	}
	if text[i] != '"' {
		return i
	}
	for end := i + 1; end < len(text); end++ {
		switch text[end] {
		case '\\':
			end++
		case '"':
			return end + 1
		}
	}
	return i
}

func quoted(s string) json.RawMessage {
	text, err := json.Marshal(s)
	if err != nil {
		return json.RawMessage("null") // strings always encode
	}
	return text
}
