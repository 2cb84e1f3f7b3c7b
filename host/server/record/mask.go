package record

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
)

// Mark stands where a secret was.
const Mark = "•••"

// minSecret is the least length of a secret in bytes: masking shorter ones would
// cut up every text.
const minSecret = 4

// A Masker replaces secrets by [Mark], in each of the forms in which they travel:
// as they are, escaped in JSON, percent-encoded in a URL, in base64. A nil Masker
// masks nothing.
type Masker struct {
	secrets []string // longest first
}

// NewMasker makes a masker of secrets. Those shorter than four bytes are left out.
func NewMasker(secrets ...string) *Masker {
	m := &Masker{}
	for _, s := range secrets {
		for _, form := range forms(strings.TrimSpace(s)) {
			m.add(form)
		}
	}
	slices.SortFunc(m.secrets, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return m
}

func (m *Masker) add(form string) {
	if len(form) >= minSecret && !slices.Contains(m.secrets, form) {
		m.secrets = append(m.secrets, form)
	}
}

// forms are the ways to write a secret. A secret of several lines, such as a key
// file, is also known by each of its longer lines: logs show it line by line.
func forms(s string) []string {
	if len(s) < minSecret {
		return nil
	}
	all := []string{
		s, inJSON(s, true), inJSON(s, false), asciiJSON(s), strings.ReplaceAll(inJSON(s, false), "/", `\/`),
		url.QueryEscape(s), url.PathEscape(s),
		strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(s)), "="),
		strings.TrimRight(base64.URLEncoding.EncodeToString([]byte(s)), "="),
	}
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); len(line) >= 2*minSecret && line != s {
			all = append(all, line)
		}
	}
	return all
}

// inJSON is s inside a JSON string, as Go escapes it, with or without care for
// HTML.
func inJSON(s string, html bool) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(html)
	if enc.Encode(s) != nil {
		return s
	}
	quoted := strings.TrimSpace(b.String())
	return quoted[1 : len(quoted)-1]
}

// asciiJSON is s inside a JSON string as Python writes it: nothing but ASCII.
func asciiJSON(s string) string {
	var b strings.Builder
	for _, r := range inJSON(s, false) {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// String masks a text.
func (m *Masker) String(s string) string {
	if m == nil {
		return s
	}
	for _, secret := range m.secrets {
		if strings.Contains(s, secret) {
			return string(m.Head([]byte(s), len(s)))
		}
	}
	return s
}

// Partial gives how much of s certainly holds no beginning of a secret that may go
// on behind its end.
func (m *Masker) Partial(s string) int {
	if m == nil {
		return len(s)
	}
	safe := len(s)
	for _, secret := range m.secrets {
		for n := min(len(secret)-1, len(s)); n > len(s)-safe; n-- {
			if strings.HasSuffix(s, secret[:n]) {
				safe = len(s) - n
				break
			}
		}
	}
	return safe
}

// Head masks the first limit bytes of b and gives a copy. A secret that the cut
// would go through is masked as a whole.
func (m *Masker) Head(b []byte, limit int) []byte {
	limit = min(limit, len(b))
	spans := m.find(b[:min(len(b), limit+m.longest())])
	if len(spans) == 0 {
		return bytes.Clone(b[:limit])
	}
	masked := make([]byte, 0, limit)
	at := 0
	for _, s := range spans {
		if s.from >= limit {
			break
		}
		masked = append(append(masked, b[at:s.from]...), Mark...)
		at = s.to
	}
	return append(masked, b[min(at, limit):limit]...)
}

func (m *Masker) longest() int {
	if m == nil || len(m.secrets) == 0 {
		return 0
	}
	return len(m.secrets[0])
}

// A span is where a secret stands, or several that overlap.
type span struct{ from, to int }

// find gives the spans of all secrets, in order and apart from each other.
func (m *Masker) find(b []byte) []span {
	if m == nil {
		return nil
	}
	var spans []span
	for _, secret := range m.secrets {
		wanted := []byte(secret)
		for at := 0; ; {
			i := bytes.Index(b[at:], wanted)
			if i < 0 {
				break
			}
			spans = join(spans, span{at + i, at + i + len(secret)})
			at += i + 1
		}
	}
	return merge(spans)
}

// join appends a span, or widens the last one if they overlap, so that a secret of
// equal letters in a long row of them stays one span.
func join(spans []span, next span) []span {
	if n := len(spans); n > 0 && spans[n-1].from <= next.from && next.from <= spans[n-1].to {
		spans[n-1].to = max(spans[n-1].to, next.to)
		return spans
	}
	return append(spans, next)
}

func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	merged := spans[:0]
	for _, s := range spans {
		merged = join(merged, s)
	}
	return merged
}
