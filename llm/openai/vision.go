package openai

import "regexp"

// A sight says of a group of models whether they take images.
type sight struct {
	names *regexp.Regexp // of the name in lower case, without an owner
	sees  bool
}

// sights are tried in order; models that are not here are taken for blind, which
// costs a description in place of an image, where the opposite costs the answer.
// Sources: the model pages of each maker in November 2026.
var sights = []sight{
	{regexp.MustCompile(`^(o1-mini|o1-preview|o3-mini|gpt-3|gpt-4-0|gpt-4-32k|gpt-oss|gpt-4$)|embed|whisper|tts|audio|realtime|codestral`), false},
	{regexp.MustCompile(`^(gpt-4|gpt-5|gpt-6|chatgpt-4o|o1|o3|o4|codex)`), true},
	{regexp.MustCompile(`^(claude-2|claude-instant)`), false},
	{regexp.MustCompile(`^claude|^gemini`), true},
	{regexp.MustCompile(`^grok-(4|5)`), true},
	{regexp.MustCompile(`^(pixtral|mistral-medium|mistral-small|mistral-large-(3|latest)|ministral-3)`), true},
	{regexp.MustCompile(`^gemma-?3(n|-n|:1b|-1b|:270m|-270m)`), false},
	{regexp.MustCompile(`^(gemma-?[34]|llama-?4|kimi-k2\.5|kimi-vl|glm-4(\.\d)?v|minicpm-v|moondream|internvl)`), true},
	{regexp.MustCompile(`llava|vision|multimodal|[-_.:]vl\b|\dvl\b|-omni`), true},
}

// sees tells whether a model takes images, by its name.
func sees(name string) bool {
	for _, s := range sights {
		if s.names.MatchString(name) {
			return s.sees
		}
	}
	return false
}
