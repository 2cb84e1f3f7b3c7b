package openai

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// Quirks are the points at which one compatible endpoint differs from the next.
// The zero value sends the least.
type Quirks struct {
	// Wire is how the model is asked: [ChatCompletions], also when empty, or
	// [Responses].
	Wire string
	// MaxTokensField bounds the answer: "max_tokens" or "max_completion_tokens".
	MaxTokensField string
	// StreamUsage tells that stream_options is understood, which asks for the
	// token counts of a streamed answer.
	StreamUsage bool
	// MaxTools is how many tools a request may carry; 0 when no limit is known.
	MaxTools int
	// ReasoningBack names the field in which the reasoning of a message goes back
	// in later requests: "reasoning_content", which a message with calls carries
	// even when empty, or "reasoning_details"; on the responses wire
	// "encrypted_content", which is also asked for. Empty keeps the reasoning here.
	ReasoningBack string
	// Summary asks the responses wire for a summary of the reasoning: "auto",
	// "concise" or "detailed". Empty asks for none.
	Summary string
	// Vision tells that the model takes images.
	Vision bool
	// ImagesInResults tells that a tool's result may hold images; elsewhere they
	// follow in a user's message.
	ImagesInResults bool
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
	reasoningItems   = "encrypted_content"
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

// reasoners are OpenAI's models that reason, where OpenAI's own wire is spoken.
// From gpt-5.4 on they take no tools on chat completions unless they do not reason
// (litellm#34569); gpt-6-astra and gpt-6.1 take none there at all. All of them keep
// their train of thought between calls only on the responses wire.
var reasoners = Quirks{Wire: Responses, ReasoningBack: reasoningItems, Summary: "auto", ImagesInResults: true}

// families are looked up by the longest prefix.
var families = []family{
	{openAIHosts, "gpt-5", reasoners},
	{openAIHosts, "gpt-5-chat", Quirks{}}, // does not reason, and refuses encrypted_content
	{openAIHosts, "gpt-6", reasoners},
	{openAIHosts, "o1", reasoners},
	{openAIHosts, "o1-mini", Quirks{}}, // chat completions only, as is its preview
	{openAIHosts, "o1-preview", Quirks{}},
	{openAIHosts, "o3", reasoners},
	{openAIHosts, "o4", reasoners},
	{openAIHosts, "codex", reasoners},
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

// quirksOf lays the quirks of the model's family over those of its provider.
func quirksOf(p provider, model string) Quirks {
	q := p.quirks
	name := familyName(model)
	f := familyOf(p, name).quirks
	q.Wire = cmp.Or(f.Wire, q.Wire)
	q.MaxTokensField = cmp.Or(f.MaxTokensField, q.MaxTokensField)
	q.ReasoningBack = cmp.Or(f.ReasoningBack, q.ReasoningBack)
	q.Summary = cmp.Or(f.Summary, q.Summary)
	q.ImagesInResults = q.ImagesInResults || f.ImagesInResults
	q.Vision = q.Vision || sees(name)
	if f.Unsigned != nil {
		q.Unsigned = f.Unsigned
	}
	return q
}

// familyName is the model's name in lower case, without an owner ("qwen/").
func familyName(model string) string {
	return strings.ToLower(model[strings.LastIndexByte(model, '/')+1:])
}

// familyOf finds the family with the longest prefix, or none.
func familyOf(p provider, name string) family {
	var best family
	for _, f := range families {
		if len(f.prefix) > len(best.prefix) && strings.HasPrefix(name, f.prefix) && slices.Contains(f.providers, p.name) {
			best = f
		}
	}
	return best
}
