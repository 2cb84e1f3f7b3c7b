package openai

import (
	"encoding/json"
	"slices"
	"strings"
)

// Quirks are the points at which one compatible endpoint differs from the next.
// The zero value sends the least.
type Quirks struct {
	// MaxTokensField bounds the answer: "max_tokens" or "max_completion_tokens".
	MaxTokensField string
	// StreamUsage tells that stream_options is understood, which asks for the
	// token counts of a streamed answer.
	StreamUsage bool
	// MaxTools is how many tools a request may carry; 0 when no limit is known.
	MaxTools int
	// ReasoningBack names the field in which the reasoning of a message goes back
	// in later requests: "reasoning_content", which a message with calls carries
	// even when empty, or "reasoning_details". Empty keeps the reasoning here.
	ReasoningBack string
	// EffortWithTools replaces the reasoning effort in requests with tools.
	EffortWithTools string
	// Unsigned goes in place of the signature that the first call of a message
	// lacks, for endpoints that refuse calls they did not sign.
	Unsigned json.RawMessage
	// Extra are fields that every request carries, by name.
	Extra map[string]json.RawMessage
}

// Fields in which reasoning travels back.
const (
	reasoningContent = "reasoning_content"
	reasoningDetails = "reasoning_details"
)

// A family is a group of models that has quirks beyond its provider's.
type family struct {
	providers []string // whose; "" is a host that is not known
	prefix    string   // of the model's name, lower case, without an owner ("qwen/")
	quirks    Quirks   // the fields that are set replace the provider's
}

// The hosts that run OpenAI's own models as OpenAI does.
var openAIHosts = []string{"OpenAI", "Azure OpenAI"}

// anyProxy stands for the hosts that may lead anywhere.
var anyProxy = []string{""}

// families are looked up by the longest prefix. From gpt-5.4 on, function tools
// are refused on chat completions unless the effort is "none" (litellm#34569);
// gpt-6-astra and gpt-6.1 know no such effort and take tools on the responses
// wire only, so nothing is forced on them.
var families = []family{
	{openAIHosts, "gpt-5.4", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-5.5", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-5.6", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-5.7", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-5.8", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-5.9", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-6", Quirks{EffortWithTools: "none"}},
	{openAIHosts, "gpt-6-astra", Quirks{}},
	{openAIHosts, "gpt-6.1", Quirks{}},
	{anyProxy, "o1", Quirks{MaxTokensField: maxCompletionTokens}},
	{anyProxy, "o3", Quirks{MaxTokensField: maxCompletionTokens}},
	{anyProxy, "o4", Quirks{MaxTokensField: maxCompletionTokens}},
	{anyProxy, "gpt-5", Quirks{MaxTokensField: maxCompletionTokens}},
	{anyProxy, "gpt-6", Quirks{MaxTokensField: maxCompletionTokens}},
	{anyProxy, "deepseek", Quirks{ReasoningBack: reasoningContent}},
	{anyProxy, "kimi", Quirks{ReasoningBack: reasoningContent}},
	// The value with which Google lets a foreign call pass (continue#8865).
	{[]string{"Google Gemini"}, "gemini-3", Quirks{
		Unsigned: json.RawMessage(`{"google":{"thought_signature":"skip_thought_signature_validator"}}`),
	}},
}

// QuirksFor tells what is known about a model at an endpoint, as a start for
// [Config.Quirks]. A base URL that cannot be read has the quirks of an unknown
// endpoint.
func QuirksFor(baseURL, model string) Quirks {
	at, err := parseEndpoint(baseURL)
	if err != nil {
		return unknownQuirks
	}
	p, _ := providerOf("", at)
	return quirksOf(p, model)
}

// quirksOf lays the quirks of the model's family over those of its provider.
func quirksOf(p provider, model string) Quirks {
	q := p.quirks
	f := familyOf(p, model).quirks
	if f.MaxTokensField != "" {
		q.MaxTokensField = f.MaxTokensField
	}
	if f.ReasoningBack != "" {
		q.ReasoningBack = f.ReasoningBack
	}
	if f.EffortWithTools != "" {
		q.EffortWithTools = f.EffortWithTools
	}
	if f.Unsigned != nil {
		q.Unsigned = f.Unsigned
	}
	return q
}

// familyOf finds the family with the longest prefix, or none.
func familyOf(p provider, model string) family {
	name := strings.ToLower(model[strings.LastIndexByte(model, '/')+1:])
	var best family
	for _, f := range families {
		if len(f.prefix) > len(best.prefix) && strings.HasPrefix(name, f.prefix) && slices.Contains(f.providers, p.name) {
			best = f
		}
	}
	return best
}
