package openai

import (
	"errors"
	"net/http"
	"regexp"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// A lesson is a refusal that tells how the endpoint, or the model, wants to be
// asked. The table of quirks cannot know every proxy; a refusal that names its
// reason can teach it.
type lesson struct {
	words *regexp.Regexp // of the refusal
	learn func(q *Quirks)
}

// lessons are all that a refusal can teach. Each turns something that was sent
// into something that is not, so that none is learned twice.
var lessons = []lesson{
	{needsResponses, func(q *Quirks) {
		q.Wire, q.ReasoningBack = Responses, reasoningItems
	}},
	{regexp.MustCompile(`(?i)stream_options`), func(q *Quirks) { q.StreamUsage = false }},
	{regexp.MustCompile(`(?i)reasoning\W+summar|verified to generate reasoning`), func(q *Quirks) { q.Summary = "" }},
	{regexp.MustCompile(`(?i)encrypted.content`), func(q *Quirks) { q.ReasoningBack = "" }},
	{regexp.MustCompile(`(?i)use ['"\x60]?max_completion_tokens`), func(q *Quirks) { q.MaxTokensField = maxCompletionTokens }},
	{regexp.MustCompile(`(?i)(unknown|unrecognized|unsupported|extra|not permitted).*max_completion_tokens|max_completion_tokens.*(unknown|unrecognized|unsupported|extra|not permitted)`), func(q *Quirks) {
		q.MaxTokensField = maxTokens
	}},
	{regexp.MustCompile(`(?i)does not support (image|vision)|image input is not supported|no endpoints found that support image|not a (vision|multimodal) model|mmproj`), func(q *Quirks) {
		q.Vision = false
	}},
}

// taught is the model as it is asked by now.
func (m *Model) taught() *Model {
	q := m.learned.Load()
	if q == nil {
		return m
	}
	known := *m
	known.quirks = *q
	return &known
}

// learn looks for a lesson in the refusal of a request that was made with the
// quirks in asked. It tells whether asking once more may go better.
func (m *Model) learn(asked Quirks, err error) bool {
	var e *llm.Error
	if !errors.As(err, &e) || !teaches(e) {
		return false
	}
	if asked.Wire == Responses && noSuchPath(e) {
		better := asked
		better.Wire, better.ReasoningBack = ChatCompletions, ""
		m.learned.Store(&better)
		return true
	}
	for _, l := range lessons {
		if !l.words.MatchString(e.Code + " " + e.Message) {
			continue
		}
		better := asked
		l.learn(&better)
		if !sameRequest(better, asked) {
			m.learned.Store(&better)
			return true
		}
	}
	return false
}

// teaches tells whether an error is about how the request was written: refused by
// the endpoint, or by go-openai before it was sent.
func teaches(e *llm.Error) bool {
	return e.Status/100 == 4 || errors.Is(e.Err, api.ErrReasoningToolsRequireResponses)
}

// noSuchPath tells whether the wire itself is missing at the endpoint.
func noSuchPath(e *llm.Error) bool {
	return e.Kind == llm.WrongEndpoint && (e.Status == http.StatusNotFound || e.Status == http.StatusMethodNotAllowed)
}

// sameRequest tells whether two sets of quirks ask in the same way, as far as
// lessons go.
func sameRequest(a, b Quirks) bool {
	return a.Wire == b.Wire && a.StreamUsage == b.StreamUsage && a.Summary == b.Summary &&
		a.ReasoningBack == b.ReasoningBack && a.MaxTokensField == b.MaxTokensField && a.Vision == b.Vision
}
