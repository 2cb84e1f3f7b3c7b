package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Identity names what a server's entry launches or reaches: "sha256:" and 64 hex
// digits over command, arguments, working directory and the names of its
// variables, or over URL and the names of its headers. What the entry is called,
// where it stands and the values of variables and headers do not count. A
// built-in server is known by its arguments alone, wherever this binary lies.
func (s Server) Identity() string {
	switch {
	case s.Builtin:
		return identity("builtin", s.Args)
	case s.URL != "":
		headers := slices.Sorted(maps.Keys(s.Headers))
		for i, h := range headers {
			headers[i] = strings.ToLower(h)
		}
		slices.Sort(headers)
		return identity("url", []string{s.URL}, headers)
	}
	var names []string
	for _, pair := range s.Env {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	return identity("command", append([]string{s.Command}, s.Args...), []string{s.Dir}, names)
}

// Equal tells whether two entries say the same of a server. Where they stand does
// not count, nor whether the person has consented.
func (s Server) Equal(other Server) bool { return reflect.DeepEqual(s.bare(), other.bare()) }

// bare is the entry without its place and without what others say of it.
func (s Server) bare() Server {
	s.Source, s.Untrusted = Position{}, ""
	if s.Problem != nil {
		p := *s.Problem
		p.At, s.Problem = Position{}, &p
	}
	return s
}

// Endpoint names where calls to a server go: entries with the same one serve the
// same tools, by whatever credentials. It has the form of [Server.Identity].
func (s Server) Endpoint() string {
	switch {
	case s.Builtin:
		return s.Identity()
	case s.URL != "":
		return identity("url", []string{strings.TrimSuffix(s.URL, "/")})
	}
	return identity("command", append([]string{s.Command}, s.Args...), []string{s.Dir})
}

// identity hashes lists of words so that no two different ones read the same.
func identity(kind string, lists ...[]string) string {
	for i, list := range lists {
		if list == nil {
			lists[i] = []string{} // no arguments and none named are the same
		}
	}
	text, err := json.Marshal(append([][]string{{kind}}, lists...))
	if err != nil {
		return "" // strings always encode
	}
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}
