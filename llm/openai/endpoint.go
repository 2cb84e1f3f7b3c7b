package openai

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// openAIBase is the endpoint when none is named.
const openAIBase = "https://api.openai.com/v1"

// An endpoint is a base URL that a wire's path can be put behind.
type endpoint struct {
	base  string // scheme, host and path; no query, no slash at the end
	host  string // lower case, with the port if one is written
	query string // goes with every request, as old Azure endpoints need it
}

// pastedPaths are what people copy together with the base URL.
var pastedPaths = []string{
	"/chat/completions", "/completions", "/responses", "/models", "/embeddings",
	"/messages",                               // Anthropic's own wire
	"/api/chat", "/api/generate", "/api/tags", // Ollama's own wire
	"/api/v0", "/api/v1/chat", // LM Studio's own wire
}

// parseEndpoint understands a base URL as people paste it.
func parseEndpoint(raw string) (endpoint, error) {
	s := strings.Trim(raw, " \t\r\n\"'<>")
	if s == "" {
		s = openAIBase
	}
	if !strings.Contains(s, "://") {
		s = guessScheme(s) + "://" + s
	}
	u, err := url.Parse(s)
	if err != nil {
		return endpoint{}, errors.New("the base URL cannot be read: write it like https://api.openai.com/v1")
	}
	if err := checkURL(u); err != nil {
		return endpoint{}, err
	}
	host := strings.ToLower(u.Host)
	path := fillPath(host, trimPath(u.EscapedPath()))
	return endpoint{base: u.Scheme + "://" + host + path, host: host, query: u.RawQuery}, nil
}

// checkURL refuses what cannot be an endpoint. The errors do not repeat the URL,
// which may hold a secret.
func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("the base URL starts with %q: it must be http:// or https://", u.Scheme+"://")
	case u.Hostname() == "":
		return errors.New("the base URL names no host: write it like https://api.openai.com/v1")
	case u.User != nil:
		return errors.New("the base URL holds a user name or a key: take it out and set the API key instead")
	}
	return nil
}

// nearSuffixes are the ends of names that no public certificate is made out for.
var nearSuffixes = []string{".localhost", ".local", ".lan", ".internal", ".home.arpa"}

// guessScheme is plain http for machines that are near, https for all others.
func guessScheme(s string) string {
	host, _, _ := strings.Cut(s, "/")
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(strings.ToLower(host), "[]")
	ip := net.ParseIP(host)
	near := slices.ContainsFunc(nearSuffixes, func(suffix string) bool { return strings.HasSuffix(host, suffix) })
	if ip != nil {
		near = ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()
	}
	if near || ip == nil && !strings.Contains(host, ".") {
		return "http"
	}
	return "https"
}

// trimPath takes off what belongs to single requests and not to the base.
func trimPath(path string) string {
	path = strings.TrimRight(path, "/")
	for _, tail := range pastedPaths {
		if cut, ok := strings.CutSuffix(path, tail); ok {
			return trimPath(cut)
		}
	}
	return path
}

// fillPath completes a path that is missing, or begun, for the hosts whose path
// is known. All others that give none are taken to keep their OpenAI wire under
// /v1, as every local server does.
func fillPath(host, path string) string {
	want := hostPath(host)
	if path == "" || strings.HasPrefix(want, path+"/") {
		return want
	}
	return path
}

// loopback tells whether the endpoint is on this machine.
func (e endpoint) loopback() bool { return isLoopback(e.host) }

// isLoopback takes a host with or without a port.
func isLoopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// withoutSecrets is a URL as far as it may be shown: without user and query.
func withoutSecrets(raw string) string {
	at, err := parseEndpoint(raw)
	if err != nil {
		return "an endpoint that cannot be read"
	}
	return at.base
}
