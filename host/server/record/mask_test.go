package record_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"switchboard/host/server/record"
)

func TestMask(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		secrets []string
		text    string
		want    string
	}{
		"none":            {nil, "all is said", "all is said"},
		"empty":           {[]string{"", "  "}, "a  b", "a  b"},
		"too short":       {[]string{"abc"}, "abc", "abc"},
		"once":            {[]string{"hunter22"}, "pw=hunter22!", "pw=•••!"},
		"twice":           {[]string{"hunter22"}, "hunter22hunter22", "•••"},
		"apart":           {[]string{"hunter22"}, "hunter22 hunter22", "••• •••"},
		"longest":         {[]string{"abcd", "abcdef"}, "abcdefg", "•••g"},
		"overlapping":     {[]string{"abcdef", "defghi"}, "xabcdefghix", "x•••x"},
		"equal letters":   {[]string{"aaaa"}, "baaaaaaab", "b•••b"},
		"escaped in JSON": {[]string{`a"b\c<d`}, `{"x":"a\"b\\c<d","y":"a\"b\\c\u003cd"}`, `{"x":"•••","y":"•••"}`},
		"slash escaped":   {[]string{"ab/cd"}, `ab\/cd`, "•••"},
		"ASCII only":      {[]string{"schlüssel€😀"}, `"schl\u00fcssel\u20ac\ud83d\ude00"`, `"•••"`},
		"in a query":      {[]string{"a b+c/d"}, "k=" + url.QueryEscape("a b+c/d"), "k=•••"},
		"in a path":       {[]string{"a b/cd"}, url.PathEscape("a b/cd"), "•••"},
		"base64":          {[]string{"user:word"}, base64.StdEncoding.EncodeToString([]byte("user:word")), "•••"},
		"line of a key":   {[]string{"-----BEGIN\nMIIabcdefgh\n-----END"}, "read MIIabcdefgh", "read •••"},
		"spaces around":   {[]string{" hunter22\n"}, "hunter22", "•••"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := record.NewMasker(c.secrets...)
			if got := m.String(c.text); got != c.want {
				t.Errorf("String gives %q, want %q", got, c.want)
			}
			if got := string(m.Head([]byte(c.text), len(c.text))); got != c.want {
				t.Errorf("Head gives %q, want %q", got, c.want)
			}
		})
	}
}

func TestMaskNil(t *testing.T) {
	t.Parallel()
	var m *record.Masker
	if got := m.String("text"); got != "text" {
		t.Errorf("%q", got)
	}
	if got := string(m.Head([]byte("text"), 2)); got != "te" {
		t.Errorf("%q", got)
	}
}

// A cut through a secret leaves none of it.
func TestMaskAtTheCut(t *testing.T) {
	t.Parallel()
	const secret = "correct-horse"
	m := record.NewMasker(secret)
	text := []byte("0123456789" + secret + " !!!")
	for limit := range len(text) + 5 {
		got := string(m.Head(text, limit))
		if rest := strings.ReplaceAll(got, record.Mark, ""); strings.ContainsAny(rest, "corehst-") {
			t.Errorf("cut at %d: %q", limit, got)
		}
		if limit <= 10 && got != string(text[:limit]) {
			t.Errorf("cut at %d: %q", limit, got)
		}
	}
}

// No form of a secret is ever left, wherever it stands.
func FuzzMask(f *testing.F) {
	f.Add("hunter22", "before", "after", 20)
	f.Add("aaaa", "aaa", "aaaaa", 3)
	f.Add("\"\\<>&\u2028", "{", "}", 9)
	f.Add("ab\xffcd", "\xff", "\n", 100)
	f.Add("• • •", "•", "•", 4)
	f.Fuzz(func(t *testing.T, secret, before, after string, limit int) {
		secret = strings.TrimSpace(secret)
		if len(secret) < 4 || strings.Contains(record.Mark+before+record.Mark+after+record.Mark, secret) || limit < 0 {
			t.Skip("the secret can stand there without our doing")
		}
		m := record.NewMasker(secret)
		quoted, _ := json.Marshal(secret)
		for _, form := range []string{secret, string(quoted[1 : len(quoted)-1]), url.QueryEscape(secret)} {
			if len(form) < 4 {
				continue
			}
			text := before + form + after
			if got := m.String(text); strings.Contains(strings.ReplaceAll(got, record.Mark, "\x00"), form) {
				t.Errorf("%q of %q left in %q", form, text, got)
			}
			if got := string(m.Head([]byte(text), limit)); strings.Contains(strings.ReplaceAll(got, record.Mark, "\x00"), form) {
				t.Errorf("%q of %q left in %q", form, text, got)
			}
		}
	})
}
