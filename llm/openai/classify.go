package openai

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// notAnAnswer is a body that ended well and held no chat completion.
type notAnAnswer struct{ stray string }

func (e *notAnAnswer) Error() string {
	if e.stray == "" {
		return "the answer is not a chat completion"
	}
	return "the answer is not a chat completion: " + plainMessage([]byte(e.stray))
}

// explain turns whatever ended the exchange into the caller's cause, or into an
// [*llm.Error]. The caller's own wish to stop comes first: under it, every read
// fails in some way.
func (x *exchange) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var (
		refused *refusal
		inEvent *eventError
	)
	switch {
	case x.watch.fired():
		return x.model.failure(llm.Idle, problem{message: x.silence(), err: errSilence})
	case errors.As(err, &refused):
		return x.model.refused(refused)
	case errors.As(err, &inEvent):
		p := readProblem(inEvent.raw)
		return x.model.failure(kindOf(p), p)
	}
	err = withoutURL(err)
	return x.model.failure(kindOfCause(err, x.framed != nil), problem{message: err.Error(), err: err})
}

// silence says how long nothing came.
func (x *exchange) silence() string {
	if x.watch.until.IsZero() {
		return fmt.Sprintf("no sign of life for %s in the middle of the answer", x.watch.idle)
	}
	return fmt.Sprintf("no answer began within %s", x.watch.first)
}

// refused explains an answer with a status other than success.
func (m *Model) refused(r *refusal) error {
	p := readProblem(r.body)
	p.status = r.status
	p.retry = cmp.Or(retryAfter(r.header), p.retry, waitInWords(p.message))
	if to := r.header.Get("Location"); r.status/100 == 3 && to != "" {
		p.message = "the endpoint has moved to " + withoutSecrets(to)
	}
	return m.failure(kindOf(p), p)
}

// withoutURL takes the request's URL, whose query may be secret, out of an error
// of net/http.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// causes sorts failures that are no server's word.
var causes = []struct {
	err  error
	kind llm.ErrorKind
}{
	{errBroken, llm.BadReply},
	{errTooLarge, llm.BadReply},
	{errCut, llm.Truncated},
	{api.ErrReasoningToolsRequireResponses, llm.WrongEndpoint},
	{api.ErrChatCompletionInvalidModel, llm.WrongEndpoint},
	{api.ErrReasoningEffortUnsupported, llm.BadRequest},
	{api.ErrReasoningSamplingUnsupported, llm.BadRequest},
	{api.ErrReasoningModelLimitationsOther, llm.BadRequest},
	{api.ErrReasoningModelMaxTokensDeprecated, llm.BadRequest},
}

// kindOfCause sorts an error by what it is; answered tells that the answer's head
// had come.
func kindOfCause(err error, answered bool) llm.ErrorKind {
	var (
		other  *notAStream
		nobody *notAnAnswer
	)
	switch {
	case errors.As(err, &other):
		return llm.WrongEndpoint
	case errors.As(err, &nobody):
		if strings.HasPrefix(nobody.stray, "<") {
			return llm.WrongEndpoint
		}
		return llm.BadReply
	}
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.kind
		}
	}
	if answered {
		return llm.Truncated
	}
	return llm.Network
}

// patterns sort by the server's words, where neither status nor code is exact.
var patterns = []struct {
	words *regexp.Regexp
	kind  llm.ErrorKind
}{
	{regexp.MustCompile(`(?i)context_length_exceeded|maximum context length|exceed_context_size|exceeds the available context size|` +
		`trying to keep the first|n_ctx: \d+|prompt is too long|input (is )?too long|range of input length|` +
		`exceeds? the (model's )?(maximum )?context|exceeds the maximum number of tokens|request too large for`), llm.ContextTooLong},
	{regexp.MustCompile(`(?i)does not support (tools|function)|tools? (use|calling) (is|are) not supported|` +
		`no endpoints found that support tool use|requires? --?-?jinja|--enable-auto-tool-choice`), llm.NoTools},
	{regexp.MustCompile(`(?i)v1/responses|not a chat model|(use|requires?) the responses api`), llm.WrongEndpoint},
	{regexp.MustCompile(`(?i)insufficient_quota|insufficient (balance|credits?)|credit balance is too low|billing_hard_limit|requires more credits`), llm.NoCredit},
	{regexp.MustCompile(`(?i)api key not valid|invalid api key|incorrect api key`), llm.Auth},
}

// codes sort by the provider's code or type, in lower case.
var codes = map[string]llm.ErrorKind{
	"invalid_api_key":       llm.Auth,
	"authentication_error":  llm.Auth,
	"permission_error":      llm.Auth,
	"api_key_invalid":       llm.Auth,
	"rate_limit_exceeded":   llm.RateLimited,
	"rate_limit_error":      llm.RateLimited,
	"slow_down":             llm.RateLimited,
	"too_many_requests":     llm.RateLimited,
	"resource_exhausted":    llm.RateLimited,
	"overloaded_error":      llm.Overloaded,
	"server_is_overloaded":  llm.Overloaded,
	"server_error":          llm.Overloaded,
	"internal_server_error": llm.Overloaded,
	"api_error":             llm.Overloaded,
	"unavailable":           llm.Overloaded,
	"tool_use_failed":       llm.BadReply, // Groq: the model wrote a call that is none
	"model_not_found":       llm.BadRequest,
	"billing_error":         llm.NoCredit,
}

// statuses sort by the HTTP status; those that are not here go by their hundred.
var statuses = map[int]llm.ErrorKind{
	http.StatusUnauthorized:          llm.Auth,
	http.StatusForbidden:             llm.Auth,
	http.StatusPaymentRequired:       llm.NoCredit,
	http.StatusNotFound:              llm.WrongEndpoint,
	http.StatusMethodNotAllowed:      llm.WrongEndpoint,
	http.StatusGone:                  llm.WrongEndpoint,
	http.StatusRequestTimeout:        llm.Overloaded,
	http.StatusConflict:              llm.Overloaded,
	http.StatusTooEarly:              llm.Overloaded,
	http.StatusRequestEntityTooLarge: llm.ContextTooLong,
	http.StatusTooManyRequests:       llm.RateLimited,
}

// aboutModel is a 404 that speaks of the model and not of the path.
var aboutModel = regexp.MustCompile(`(?i)\bmodel\b`)

// kindOf sorts what a server said: by its words where they are exact, then its
// code, then the status.
func kindOf(p problem) llm.ErrorKind {
	for _, known := range patterns {
		if known.words.MatchString(p.code + " " + p.message) {
			return known.kind
		}
	}
	if kind, ok := codes[strings.ToLower(p.code)]; ok {
		return kind
	}
	if p.status == http.StatusNotFound && aboutModel.MatchString(p.message) {
		return llm.BadRequest
	}
	if kind, ok := statuses[p.status]; ok {
		return kind
	}
	switch p.status / 100 {
	case 5:
		return llm.Overloaded
	case 4:
		return llm.BadRequest
	case 3, 2, 1:
		return llm.WrongEndpoint
	}
	if strings.HasPrefix(p.code, "invalid_") {
		return llm.BadRequest
	}
	return llm.Unknown
}

// failure makes the error that the person sees, without any secret in it.
func (m *Model) failure(kind llm.ErrorKind, p problem) *llm.Error {
	message := cmp.Or(p.message, http.StatusText(p.status), "no reason was given")
	if p.err != nil && m.redact(p.err.Error()) != p.err.Error() {
		p.err = errors.New(m.redact(p.err.Error()))
	}
	return &llm.Error{
		Kind: kind, Provider: m.provider, Status: p.status, Code: m.redact(p.code),
		Message: m.redact(message), Hint: m.hint(kind, p), RetryAfter: p.retry, Err: p.err,
	}
}
