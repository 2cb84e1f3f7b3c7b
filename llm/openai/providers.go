package openai

import (
	"cmp"
	"net"
	"strings"
)

// A provider is what is known about who answers at some hosts.
type provider struct {
	name   string
	hosts  []string // a host, ".suffix" of hosts, or ":port"
	path   string   // of the base URL
	key    string   // the environment variable that usually holds its key
	auth   string   // the header that takes the bare key; empty for Authorization: Bearer
	quirks Quirks
	// sources tell about its models what its list leaves out, the last word last.
	sources []source
}

// Fields of a chat request that bound the answer's length.
const (
	maxTokens           = "max_tokens"
	maxCompletionTokens = "max_completion_tokens"
)

// openAIMaxTools is the length at which OpenAI and those who copy it refuse the
// tool list (array_above_max_length; zed#32946, opencode#4909).
const openAIMaxTools = 128

// providers are the endpoints whose habits are known. Sources: each provider's
// documentation and the issues that peers filed when it was not followed.
var providers = []provider{
	{
		name: "OpenAI", hosts: []string{"api.openai.com"}, path: "/v1", key: "OPENAI_API_KEY",
		quirks: Quirks{MaxTokensField: maxCompletionTokens, StreamUsage: true, MaxTools: openAIMaxTools},
	},
	{
		name: "Azure OpenAI", hosts: []string{".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"}, path: "/openai/v1",
		key: "AZURE_OPENAI_API_KEY", auth: "api-key",
		quirks: Quirks{MaxTokensField: maxCompletionTokens, StreamUsage: true, MaxTools: openAIMaxTools},
	},
	{
		name: "OpenRouter", hosts: []string{"openrouter.ai"}, path: "/api/v1", key: "OPENROUTER_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true, MaxTools: openAIMaxTools, ReasoningBack: reasoningDetails},
	},
	{
		name: "Anthropic", hosts: []string{"api.anthropic.com"}, path: "/v1", key: "ANTHROPIC_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true},
	},
	{
		name: "Google Gemini", hosts: []string{"generativelanguage.googleapis.com"}, path: "/v1beta/openai", key: "GEMINI_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true, MaxTools: openAIMaxTools},
	},
	{ // answers 422 to any field it does not know (crush#1590), and counts without being asked
		name: "Mistral", hosts: []string{"api.mistral.ai"}, path: "/v1", key: "MISTRAL_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, MaxTools: openAIMaxTools},
	},
	{
		name: "DeepSeek", hosts: []string{"api.deepseek.com"}, path: "/v1", key: "DEEPSEEK_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true, MaxTools: openAIMaxTools, ReasoningBack: reasoningContent},
	},
	{
		name: "Moonshot", hosts: []string{"api.moonshot.ai", "api.moonshot.cn"}, path: "/v1", key: "MOONSHOT_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true, MaxTools: openAIMaxTools, ReasoningBack: reasoningContent},
	},
	{
		name: "Groq", hosts: []string{"api.groq.com"}, path: "/openai/v1", key: "GROQ_API_KEY",
		quirks: Quirks{MaxTokensField: maxCompletionTokens, StreamUsage: true, MaxTools: openAIMaxTools},
	},
	{
		name: "xAI", hosts: []string{"api.x.ai"}, path: "/v1", key: "XAI_API_KEY",
		quirks: Quirks{MaxTokensField: maxCompletionTokens, StreamUsage: true, MaxTools: openAIMaxTools},
	},
	{
		name: "Together", hosts: []string{"api.together.xyz", "api.together.ai"}, path: "/v1", key: "TOGETHER_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true},
	},
	{
		name: "Fireworks", hosts: []string{"api.fireworks.ai"}, path: "/inference/v1", key: "FIREWORKS_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true},
	},
	{ // keeps its wire at the root
		name: "Perplexity", hosts: []string{"api.perplexity.ai"}, key: "PERPLEXITY_API_KEY",
		quirks: Quirks{MaxTokensField: maxTokens, StreamUsage: true},
	},
	{
		name: "Cerebras", hosts: []string{"api.cerebras.ai"}, path: "/v1", key: "CEREBRAS_API_KEY",
		quirks: Quirks{MaxTokensField: maxCompletionTokens, StreamUsage: true},
	},
	{
		name: "Ollama", hosts: []string{":11434"}, path: "/v1", key: "OLLAMA_API_KEY",
		quirks:  Quirks{MaxTokensField: maxTokens, StreamUsage: true},
		sources: []source{show, page("/api/ps")},
	},
	{
		name: "llama.cpp", path: "/v1", quirks: unknownQuirks, sources: []source{props},
	},
	{
		name: "vLLM", path: "/v1", quirks: unknownQuirks,
	},
	{
		name: "LM Studio", hosts: []string{":1234"}, path: "/v1",
		quirks:  Quirks{MaxTokensField: maxTokens, StreamUsage: true},
		sources: []source{page("/api/v0/models")},
	},
}

// unknownQuirks is what most compatible servers understand.
var unknownQuirks = Quirks{MaxTokensField: maxTokens, StreamUsage: true}

// providerOf finds the provider by the name the person gave, else by the host,
// and says what to call it. One that is not known has no name of its own.
func providerOf(name string, at endpoint) (p provider, shown string) {
	p = provider{quirks: unknownQuirks}
	if at.loopback() {
		p.sources = []source{props} // llama.cpp, at whichever port
	}
	for _, known := range providers {
		if strings.EqualFold(known.name, name) {
			return known, known.name
		}
		if known.at(at.host) {
			p = known
		}
	}
	return p, cmp.Or(name, p.name, at.host)
}

// at tells whether the provider answers at host. A port names a provider on this
// machine alone: elsewhere anything may listen on it.
func (p provider) at(host string) bool {
	bare, port, err := net.SplitHostPort(host)
	if err != nil {
		bare = host
	}
	for _, h := range p.hosts {
		switch h[0] {
		case ':':
			if h[1:] == port && isLoopback(bare) {
				return true
			}
		case '.':
			if strings.HasSuffix(bare, h) {
				return true
			}
		default:
			if bare == h {
				return true
			}
		}
	}
	return false
}

// hostPath is the path under which host has its OpenAI wire.
func hostPath(host string) string {
	for _, p := range providers {
		if p.at(host) {
			return p.path
		}
	}
	return "/v1"
}
