package config

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

// readURL gives an http or https URL. Messages never repeat it: there may be a
// secret in it.
func readURL(n node, missing *[]string) string {
	s, complete, ok := slot{missing: missing}.read(n)
	if !ok {
		return ""
	}
	s = n.trimmed(s)
	if !complete {
		return s
	}
	u, fault := parseURL(s)
	if fault != "" {
		n.fault(fault, "write https://host/path")
		return ""
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		n.warn("plain http to another machine: anyone on the way can read it, keys and tokens included", "use https")
	}
	return s
}

// parseURL gives the URL, or what is wrong with it.
func parseURL(s string) (u *url.URL, fault string) {
	u, err := url.Parse(s)
	switch {
	case s == "":
		return nil, "the URL is empty"
	case err != nil:
		return nil, "not a valid URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, "expected a URL that begins with https:// or http://"
	case u.Hostname() == "":
		return nil, "the URL names no host"
	}
	return u, ""
}

// loopback tells whether the host is this machine by its very name.
func loopback(host string) bool {
	host = strings.ToLower(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

// readTransport gives "stdio" or "http".
func readTransport(m member) string {
	known := []string{"stdio", "http", "streamable-http", "streamableHttp"}
	s, ok := m.text()
	switch {
	case !ok:
		return ""
	case s == "sse":
		m.fault(`type "sse" is not supported yet`, `if the server also speaks streamable HTTP, write "http"`)
		return ""
	}
	s, ok = m.choice(known...)
	if ok && s != "stdio" {
		return "http"
	}
	return s
}

// headerName is a token of RFC 9110.
var headerName = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")

// readHeaders gives the headers under the names that the file has.
func readHeaders(m member, missing *[]string) map[string]string {
	headers := map[string]string{}
	seen := map[string]bool{}
	for _, h := range m.membersOr("an object of strings by name", headersHint(m)) {
		switch lower := strings.ToLower(h.name); {
		case !headerName.MatchString(h.name):
			h.faultName("not a possible name for a header", "use letters, digits and -")
			continue
		case seen[lower]:
			h.faultName("the header appears twice; upper and lower case are the same", "remove one of the two")
			continue
		default:
			seen[lower] = true
		}
		if s, ok := readHeader(h.node, missing); ok {
			headers[h.name] = s
		}
	}
	if len(headers) == 0 {
		return nil
	}
	return headers
}

func headersHint(m member) string {
	if m.v.Value.Kind() == '[' {
		return `write {"Name": "value"}`
	}
	return ""
}

func readHeader(n node, missing *[]string) (string, bool) {
	s, _, ok := slot{missing: missing}.read(n)
	if !ok {
		return "", false
	}
	s = n.trimmed(s)
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		n.fault("contains a line break or another control character, which no header can carry", "")
		return "", false
	}
	return s, true
}

// readDir gives the working directory; ~ is the home of HOME.
func (e *entry) readDir(m member) string {
	s, complete, ok := slot{missing: &e.Missing}.read(m.node)
	if !ok || !complete {
		return ""
	}
	switch {
	case s == "":
		m.fault("the folder is empty", "leave the key out")
		return ""
	case s == "~" || strings.HasPrefix(s, "~/"):
		home, _ := m.r.env("HOME")
		if home == "" {
			m.fault("~ cannot be expanded: HOME is not set", "write the whole path")
			return ""
		}
		return filepath.Join(home, s[1:])
	case strings.HasPrefix(s, "~"):
		m.fault("~ is expanded for your own home folder only", "write the whole path")
		return ""
	case filepath.IsAbs(s):
		return filepath.Clean(s)
	}
	return filepath.Join(m.r.dir, s)
}
