package connect

import (
	"fmt"
	"strings"
)

// Variables that OpenAI's own clients read, and with them most other programs.
const (
	openAIKey     = "OPENAI_API_KEY"
	openAIBaseURL = "OPENAI_BASE_URL"
)

// env is a variable without the white space that pasting leaves behind.
func (o Options) env(name string) string { return strings.TrimSpace(o.Getenv(name)) }

// baseURL is the endpoint to use, and the variable that led to it; both are ""
// when nothing names one.
func (o Options) baseURL() (base, from string) {
	switch {
	case o.BaseURL != "":
		return o.BaseURL, ""
	case o.Config.BaseURL != "":
		return o.Config.BaseURL, ""
	case o.Config.APIKey != "":
		return openAI.baseURL, ""
	case o.env(openAIBaseURL) != "":
		return o.env(openAIBaseURL), openAIBaseURL
	}
	return o.providerWithKey()
}

// providerWithKey is the provider whose key is in the environment: the one that
// made the named model if its key is there, else the first in order.
func (o Options) providerWithKey() (base, from string) {
	order := providers
	if name := o.name(""); name != "" {
		order = append([]provider{family(name)}, providers...)
	}
	for _, p := range order {
		for _, k := range p.keys {
			if p.baseURL != "" && o.env(k) != "" {
				return p.baseURL, k
			}
		}
	}
	return "", ""
}

// key is the key that belongs to origin, and the variable that holds it where it is
// not the configuration's; both are "" when there is none.
func (o Options) key(origin string) (key, variable string) {
	if o.Config.APIKey != "" && o.fromConfig(origin) {
		return o.Config.APIKey, ""
	}
	if origin == o.openAIOrigin() && o.env(openAIKey) != "" {
		return o.env(openAIKey), openAIKey
	}
	p, _ := providerAt(origin)
	for _, k := range p.keys {
		if v := o.env(k); k != openAIKey && v != "" {
			return v, k
		}
	}
	return "", ""
}

// fromConfig tells whether the configuration's key and headers are for origin.
func (o Options) fromConfig(origin string) bool {
	base := o.Config.BaseURL
	if base == "" {
		base = openAI.baseURL
	}
	return originOf(base) == origin
}

// openAIOrigin is where OPENAI_API_KEY may go.
func (o Options) openAIOrigin() string {
	if base := o.env(openAIBaseURL); base != "" {
		return originOf(base)
	}
	return originOf(openAI.baseURL)
}

// noKey says how to give a key to origin, and that no other key is sent there.
func (o Options) noKey(origin string) error {
	hint := fmt.Sprintf("set %s to it together with %s, or put apiKey beside baseURL in the section model of the configuration",
		openAIBaseURL, openAIKey)
	if p, ok := providerAt(origin); ok {
		hint = "set " + p.keys[0]
	}
	message := "there is no key for " + origin
	if o.env(openAIKey) != "" {
		message += fmt.Sprintf(" (%s is for %s and goes nowhere else)", openAIKey, o.openAIOrigin())
	}
	return &Error{Message: message, Hint: hint}
}

// list joins names the way people do.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
