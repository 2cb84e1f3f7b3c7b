package openai

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// checkKey refuses a key that cannot travel in a header, in words that say what
// is wrong with it and never what it is.
func checkKey(key string) error {
	bad := strings.IndexFunc(key, func(r rune) bool { return r <= ' ' || r > '~' })
	switch {
	case bad < 0:
		return nil
	case strings.HasPrefix(key, "Bearer "):
		return errors.New(`the API key starts with "Bearer ": give the key alone`)
	case key[bad] == '\n' || key[bad] == '\r':
		return errors.New("the API key holds a line break: copy it again, without the end of the line")
	case key[bad] == ' ' || key[bad] == '\t':
		return errors.New("the API key holds a space: copy it again, without what stands around it")
	}
	return errors.New("the API key holds a character that no key has: copy it again, as plain text")
}

// requestHeaders are the headers of every request: ours, then the person's.
func requestHeaders(c Config, p provider) (http.Header, error) {
	h := http.Header{"User-Agent": {"switchboard"}}
	switch {
	case c.APIKey == "":
	case p.auth != "":
		h.Set(p.auth, c.APIKey)
	default:
		h.Set("Authorization", "Bearer "+c.APIKey)
	}
	for name, value := range c.Headers {
		if !isToken(name) {
			return nil, fmt.Errorf("%q cannot be the name of a header", name)
		}
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			return nil, fmt.Errorf("the value of header %s holds a line break or another control character", name)
		}
		h.Set(name, value)
	}
	return h, nil
}

// isToken tells whether s can name a header (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// The lengths from which a header's value and a key are taken for secrets: hiding
// shorter ones would make holes in ordinary words.
const (
	minSecret = 8
	minKey    = 4
)

// placeholders are what people give as the key of a server that wants none.
var placeholders = []string{"ollama", "lm-studio", "none", "empty", "dummy", "local", "no-key", "not-needed"}

// harmless are the headers and query fields that hold no secret; every other one
// might.
var harmless = []string{"http-referer", "x-title", "user-agent", "accept", "content-type", "api-version", "anthropic-version"}

// secretsOf lists what must not appear in an error, longest first.
func secretsOf(c Config, at endpoint) []string {
	var all []string
	add := func(name, value string) {
		if len(value) >= minSecret && !slices.Contains(harmless, strings.ToLower(name)) {
			all = append(all, value, strings.TrimPrefix(value, "Bearer "))
		}
	}
	for name, value := range c.Headers {
		add(name, value)
	}
	query, _ := url.ParseQuery(at.query)
	for name := range query {
		add(name, query.Get(name))
	}
	if len(c.APIKey) >= minKey && !slices.Contains(placeholders, strings.ToLower(c.APIKey)) {
		all = append(all, c.APIKey)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return slices.Compact(all)
}

// redact takes the secrets out of a text that somebody else wrote.
func (m *Model) redact(s string) string {
	for _, secret := range m.secrets {
		s = strings.ReplaceAll(s, secret, "[secret]")
	}
	return s
}
