package llm

import (
	"regexp"
	"slices"
	"strings"
)

var (
	plainName  = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	geminiName = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_.:-]*$`)
	// claude-code#79418, composio#3500
	anthropicProperty = regexp.MustCompile(`^[a-zA-Z0-9_.-]{1,64}$`)
)

// combinators are refused by OpenAI (langchainjs#9804) and Anthropic
// (claude-code#56174) in the outermost schema.
const combinators Words = "allOf anyOf oneOf enum const not if then else"

// maxSchema bounds what one tool may weigh, in bytes: about 16,000 tokens, more
// than whole servers have.
const maxSchema = 64 << 10

// openAIRules are what OpenAI refuses: 128 tools at most (zed#32946), objects
// without properties (github-mcp-server#1548), lists without items
// (ms-agent#610), null where a list belongs (openai-agents-python#454).
var openAIRules = ToolRules{
	MaxTools: 128, MaxName: 64, Names: plainName, WellFormed: true, NotAtRoot: combinators,
	NeedProperties: true, NeedItems: true, TypedEnums: true, MaxProperties: 5000, MaxSchema: maxSchema,
}

// azureRules add the description's limit that some deployments have (wcgw#51).
var azureRules = func() ToolRules {
	r := openAIRules
	r.MaxDescription = 1024
	return r
}()

var anthropicRules = ToolRules{
	MaxName: 64, Names: plainName, PropertyNames: anthropicProperty, WellFormed: true, NotAtRoot: combinators,
	NeedProperties: true, MaxSchema: maxSchema,
}

// geminiRules are those of a schema type that is a small part of OpenAPI's:
// google_workspace_mcp#1099, 9router#380, AntigravityManager#260,
// pi-commandcode-provider#103, opencode#12295 and #11889. Deeply nested schemas
// are refused from a depth that is not told.
var geminiRules = ToolRules{
	MaxTools: 128, MaxName: 64, Names: geminiName, WellFormed: true, NotAtRoot: combinators,
	Known: "type format description nullable enum items minItems maxItems properties required minProperties maxProperties " +
		"minimum maximum minLength maxLength pattern anyOf",
	Formats: "enum date-time", NeedItems: true, NeedType: true, OwnKeywords: true, ExactRequired: true,
	TypedEnums: true, StringEnums: true, LoneAnyOf: true, NoTypeLists: true, NoNullType: true, NoBooleans: true,
	MaxDepth: 16, MaxProperties: 5000, MaxSchema: maxSchema,
}

// moonshotRules are those of "Moonshot flavored JSON Schema" (kimi-code#2661,
// vercel/ai#18921).
var moonshotRules = ToolRules{
	MaxTools: 128, MaxName: 64, Names: plainName, WellFormed: true, NotAtRoot: combinators,
	Refused:        "$ref $defs definitions oneOf allOf const",
	NeedProperties: true, NeedItems: true, NeedType: true, ExactRequired: true, TypedEnums: true, LoneAnyOf: true,
	NoBooleans: true, MaxSchema: maxSchema,
}

// localRules suit servers that make a grammar of the schemas (llama.cpp, and what
// is built on it) or read them into fixed fields (Ollama). A pattern is refused
// without anchors (llama.cpp#26930) and with \d (rowboat#740), so none is sent.
var localRules = ToolRules{
	MaxName: 64, Names: plainName, WellFormed: true, NotAtRoot: combinators,
	Refused:        "pattern patternProperties not if then else",
	NeedProperties: true, NeedItems: true, TypedEnums: true, NoBooleans: true, MaxDepth: 32, MaxSchema: maxSchema,
}

// rulesOf are the providers' rules by the providers' names; a provider that is
// not here has [localRules], which no other is known to refuse.
var rulesOf = map[string]ToolRules{
	"OpenAI":        openAIRules,
	"Azure OpenAI":  azureRules,
	"OpenRouter":    openAIRules,
	"Anthropic":     anthropicRules,
	"Google Gemini": geminiRules,
	"Mistral":       openAIRules,
	"DeepSeek":      openAIRules,
	"Moonshot":      moonshotRules,
	"Groq":          openAIRules,
	"xAI":           openAIRules,
	"Together":      localRules,
	"Fireworks":     localRules,
	"Cerebras":      localRules,
	"Ollama":        localRules,
	"LM Studio":     localRules,
}

// A modelFamily has the rules of its maker wherever it is reached.
type modelFamily struct {
	prefix string // of the model's name, lower case, without an owner ("google/")
	rules  ToolRules
}

var modelFamilies = []modelFamily{
	{"gemini", geminiRules},
	{"claude", anthropicRules},
	{"kimi", moonshotRules},
	{"moonshot", moonshotRules},
	{"gpt-4", openAIRules},
	{"gpt-5", openAIRules},
	{"gpt-6", openAIRules},
}

// RulesFor tells what a provider, by the name that [Info] gives it, refuses for a
// model. A gateway has the rules of the model's maker, and its own limit of tools.
func RulesFor(provider, model string) ToolRules {
	own, known := rulesOf[provider]
	if !known {
		own = localRules
	}
	name := strings.ToLower(model[strings.LastIndexByte(model, '/')+1:])
	i := slices.IndexFunc(modelFamilies, func(f modelFamily) bool { return strings.HasPrefix(name, f.prefix) })
	if i < 0 || provider == "Azure OpenAI" {
		return own
	}
	rules := modelFamilies[i].rules
	if known {
		rules.MaxTools = own.MaxTools
	}
	return rules
}

// RuledProviders names the providers whose rules are known, sorted.
func RuledProviders() []string {
	names := make([]string, 0, len(rulesOf))
	for name := range rulesOf {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
