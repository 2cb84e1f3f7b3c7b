package preflight

import (
	"regexp"
	"slices"
	"strconv"
)

// How providers say which tool they refuse: OpenAI by its name and its place,
// Vertex by its name, Gemini by the declaration's place, Anthropic and Groq by the
// tool's.
var (
	namedTool     = regexp.MustCompile("(?i)\\b(?:function|tool)s?(?: name)?:?\\s+['\"`‘“]([a-zA-Z0-9_.:-]{1,128})['\"`’”]")
	declaration   = regexp.MustCompile("['\"`‘“]([a-zA-Z0-9_.:-]{1,128})['\"`’”] function_?[dD]eclaration")
	declarationAt = regexp.MustCompile(`function_?[dD]eclarations\[(\d{1,6})\]`)
	toolAt        = regexp.MustCompile(`\btools(?:\[(\d{1,6})\]|\.(\d{1,6})\b)`)
	// These are about a call that the model made, not about a tool it was sent.
	ofACall = regexp.MustCompile(`(?i)failed.generation|tool call validation|attempted to call|failed to call`)
	quoted  = regexp.MustCompile("['\"`‘“]([a-zA-Z0-9_.:-]{1,128})['\"`’”]")
)

// Culprit finds which of the tools that were sent, by their names in the order
// they were sent in, a provider's message refuses. It is sure of nothing else
// about the message: that it is about a tool at all is for the caller to know.
func Culprit(message string, names []string) (index int, ok bool) {
	if ofACall.MatchString(message) {
		return 0, false
	}
	for _, pattern := range []*regexp.Regexp{namedTool, declaration} {
		if i, ok := byName(pattern, message, names); ok {
			return i, true
		}
	}
	for _, pattern := range []*regexp.Regexp{declarationAt, toolAt} {
		if m := pattern.FindStringSubmatch(message); m != nil {
			return byPlace(m[1:], len(names))
		}
	}
	return byName(quoted, message, names)
}

// byName finds the first tool whose name a pattern finds in the message.
func byName(pattern *regexp.Regexp, message string, names []string) (int, bool) {
	for _, m := range pattern.FindAllStringSubmatch(message, -1) {
		if i := slices.Index(names, m[1]); i >= 0 {
			return i, true
		}
	}
	return 0, false
}

// byPlace reads the place of a tool; one at which none was sent tells nothing.
func byPlace(digits []string, sent int) (int, bool) {
	for _, d := range digits {
		if i, err := strconv.Atoi(d); err == nil && i < sent {
			return i, true
		}
	}
	return 0, false
}
