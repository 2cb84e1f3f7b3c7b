package connect

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// A provider is an endpoint that a key in the environment leads to.
type provider struct {
	keys    []string // variables for its key; the first is the usual one
	baseURL string   // empty when every customer has another
	domain  string   // under which all of them are, if baseURL is empty
	// model is used when none is named: a general one that takes tools over chat
	// completions, by a name that follows the newest version where there is one.
	model    string
	families []string // beginnings of the names of models that it makes
}

var openAI = provider{
	keys: []string{openAIKey}, baseURL: "https://api.openai.com/v1",
	model: "gpt-5.1", families: []string{"gpt-", "o1", "o3", "o4", "chatgpt-"},
}

var openRouter = provider{
	keys: []string{"OPENROUTER_API_KEY"}, baseURL: "https://openrouter.ai/api/v1",
	model: "openrouter/auto",
}

// providers are tried in this order. The base URLs and model names are those of
// the providers' documentation in November 2026.
var providers = []provider{
	openAI,
	openRouter,
	{
		keys: []string{"ANTHROPIC_API_KEY"}, baseURL: "https://api.anthropic.com/v1",
		model: "claude-sonnet-4-6", families: []string{"claude"},
	},
	{
		keys: []string{"GEMINI_API_KEY", "GOOGLE_API_KEY"}, baseURL: "https://generativelanguage.googleapis.com/v1beta/openai",
		model: "gemini-flash-latest", families: []string{"gemini", "gemma"},
	},
	{
		keys: []string{"MISTRAL_API_KEY"}, baseURL: "https://api.mistral.ai/v1",
		model: "mistral-large-latest", families: []string{"mistral", "ministral", "codestral", "magistral", "devstral"},
	},
	{
		keys: []string{"DEEPSEEK_API_KEY"}, baseURL: "https://api.deepseek.com/v1",
		model: "deepseek-v4-flash", families: []string{"deepseek"},
	},
	{
		keys: []string{"GROQ_API_KEY"}, baseURL: "https://api.groq.com/openai/v1",
		model: "openai/gpt-oss-120b", families: []string{"openai/gpt-oss", "llama"},
	},
	{
		keys: []string{"XAI_API_KEY"}, baseURL: "https://api.x.ai/v1",
		model: "grok-4.3", families: []string{"grok"},
	},
	{keys: []string{"AZURE_OPENAI_API_KEY"}, domain: ".openai.azure.com"},
}

// providerAt finds who answers at an origin.
func providerAt(origin string) (provider, bool) {
	for _, p := range providers {
		switch {
		case p.baseURL != "" && originOf(p.baseURL) == origin:
			return p, true
		case p.domain != "" && strings.HasPrefix(origin, "https://") && strings.HasSuffix(origin, p.domain):
			return p, true
		}
	}
	return provider{}, false
}

// family is who makes the model: by the beginning of its name, else OpenRouter
// for maker/model, else OpenAI.
func family(model string) provider {
	for _, p := range providers {
		for _, f := range p.families {
			if strings.HasPrefix(strings.ToLower(model), f) {
				return p
			}
		}
	}
	if strings.Contains(model, "/") {
		return openRouter
	}
	return openAI
}

// originOf is scheme, host and port of a base URL, in one spelling: small
// letters, no port that the scheme implies. Without a scheme it is http for
// machines that are near and https for all others. It is "" for what is no URL.
func originOf(base string) string {
	base = strings.ToLower(strings.Trim(base, " \t\r\n\"'<>"))
	if !strings.Contains(base, "://") {
		if host, _, _ := strings.Cut(base, "/"); isNear("http://" + host) {
			base = "http://" + base
		} else {
			base = "https://" + base
		}
	}
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	host := u.Host
	if u.Scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	}
	if u.Scheme == "http" {
		host = strings.TrimSuffix(host, ":80")
	}
	return u.Scheme + "://" + host
}

// isNear tells whether an origin is this machine or one in its own network, where
// models are served without keys.
func isNear(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	host := u.Hostname()
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	if net.ParseIP(host) != nil || host == "" {
		return false
	}
	return !strings.Contains(host, ".") || strings.HasSuffix(host, ".local") ||
		strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".internal")
}
