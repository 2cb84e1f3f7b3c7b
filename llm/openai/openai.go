// Package openai speaks to any OpenAI-compatible endpoint over chat completions
// or the responses wire. It hides what such endpoints disagree on: what goes out is what all of them
// accept, what comes in is read with tolerance, and what fails is told in words
// that a person can act on.
package openai

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"switchboard/llm"
)

// The limits on silence, for endpoints that are not on this machine. Peers use
// 60 s and 45 s, which cuts off slow reasoning models.
const (
	defaultFirstByte = 120 * time.Second
	defaultIdle      = 90 * time.Second
	// A local server may read a long prompt for minutes before its first token.
	loopbackSilence = 600 * time.Second
)

// Config says which model to speak to and how.
type Config struct {
	// BaseURL is the endpoint as people write it: a missing scheme, a pasted
	// /chat/completions, a query or a slash at the end are understood. Empty means
	// OpenAI's own.
	BaseURL string
	// APIKey may be empty for endpoints that want none.
	APIKey string `json:"-"`
	// Model is the name that requests carry. It must not be empty.
	Model string
	// Headers go with every request, after our own and in their place.
	Headers map[string]string `json:"-"`
	// Provider names who answers. Empty takes the name of the known provider
	// behind BaseURL, else the host. The name of a known provider ("DeepSeek")
	// also brings its quirks, for a proxy that leads there.
	Provider string
	// Window is the context window in tokens; 0 when unknown.
	Window int
	// Vision says whether the model takes images, where the endpoint has told; nil
	// goes by its name.
	Vision *bool
	// Extra are fields that every request carries besides ours, by name.
	Extra map[string]json.RawMessage
	// Quirks replaces what is known of the endpoint and the model; nil keeps it.
	Quirks *Quirks
	// FirstByte limits the silence before the first byte of an answer, Idle the
	// silence within it. 0 means 120 s and 90 s, or 600 s for a loopback endpoint.
	FirstByte, Idle time.Duration
	// Transport carries the requests; nil means one of the model's own, which
	// heeds the proxy variables of the environment.
	Transport http.RoundTripper
}

// String names the endpoint and keeps the key to itself.
func (c Config) String() string { return fmt.Sprintf("%s at %s", c.Model, withoutSecrets(c.BaseURL)) }

// GoString is [Config.String]: no verb prints the key.
func (c Config) GoString() string { return c.String() }

// A Model is one model of one endpoint. It implements [llm.Model].
type Model struct {
	name             string
	endpoint         endpoint
	provider         string // who answers, as the person knows it
	keyVariable      string // the environment variable for its key; empty if unknown
	hasKey           bool
	quirks           Quirks
	tools            llm.ToolRules
	learned          *atomic.Pointer[Quirks] // what refusals taught since; nil inside until one did
	window           int
	sources          []source
	headers          http.Header
	secrets          []string // never to appear in an error
	firstByte, quiet time.Duration
	http             *http.Client
}

// New checks c and makes the model it describes. It sends nothing; the errors
// are about the config and name what to change in it.
func New(c Config) (*Model, error) {
	if c.Model == "" {
		return nil, errors.New("no model is named: say which one to use")
	}
	if err := checkKey(c.APIKey); err != nil {
		return nil, err
	}
	at, err := parseEndpoint(c.BaseURL)
	if err != nil {
		return nil, err
	}
	who, shown := providerOf(c.Provider, at)
	headers, err := requestHeaders(c, who)
	if err != nil {
		return nil, err
	}
	m := &Model{
		name: c.Model, endpoint: at, provider: shown, keyVariable: who.key, sources: who.sources,
		window: c.Window, headers: headers, secrets: secretsOf(c, at),
		quirks: quirksOf(who, c.Model), tools: llm.RulesFor(who.name, c.Model), hasKey: c.APIKey != "",
		learned: &atomic.Pointer[Quirks]{},
		http:    &http.Client{Transport: c.Transport, CheckRedirect: keepPost},
	}
	if c.Quirks != nil {
		m.quirks = *c.Quirks
	}
	if c.Extra != nil {
		m.quirks.Extra = c.Extra
	}
	if c.Vision != nil {
		m.quirks.Vision = *c.Vision
	}
	if c.Transport == nil {
		m.http.Transport = newTransport()
	}
	m.firstByte, m.quiet = silenceLimits(c, at)
	return m, nil
}

// silenceLimits fills in the limits that c leaves open.
func silenceLimits(c Config, at endpoint) (firstByte, idle time.Duration) {
	firstByte, idle = defaultFirstByte, defaultIdle
	if at.loopback() {
		firstByte, idle = loopbackSilence, loopbackSilence
	}
	if c.FirstByte > 0 {
		firstByte = c.FirstByte
	}
	if c.Idle > 0 {
		idle = c.Idle
	}
	return firstByte, idle
}

// Info says which model this is.
func (m *Model) Info() llm.Info {
	rules := m.tools
	rules.MaxTools = m.quirks.MaxTools
	return llm.Info{Provider: m.provider, Name: m.name, Window: m.window, Tools: rules, Vision: m.taught().quirks.Vision}
}

// Close lets go of connections that are kept for the next request. The model can
// still be used.
func (m *Model) Close() { m.http.CloseIdleConnections() }

// String names the model and its endpoint, without key or query.
func (m *Model) String() string { return fmt.Sprintf("%s at %s", m.name, m.endpoint.base) }

// GoString is [Model.String]: no verb prints the key.
func (m *Model) GoString() string { return m.String() }

var (
	_ llm.Model  = (*Model)(nil)
	_ llm.Lister = (*Model)(nil)
)
