package openai

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"syscall"
	"time"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// hints say what can be done about each kind, where nothing more exact is known.
var hints = map[llm.ErrorKind]string{
	llm.Unknown:        "Try again; if it happens again, the provider's status page may say why.",
	llm.NoCredit:       "Add credit to the account at the provider, or choose another model.",
	llm.RateLimited:    "Wait a moment and try again, or choose another model.",
	llm.Overloaded:     "The provider has a problem of its own. Try again in a moment.",
	llm.Truncated:      "The connection broke off or the server stopped. Try again; what was shown is not the whole answer.",
	llm.Idle:           "The server may be overloaded, or still loading the model. Try again.",
	llm.ContextTooLong: "Start a new conversation, disable servers whose tools are not needed, or choose a model with a larger context window.",
	llm.NoTools:        "Choose a model that can call tools. A llama.cpp server needs --jinja, a vLLM server --enable-auto-tool-choice.",
	llm.BadReply:       "The endpoint sent something that is not a chat completion. Check that the base URL leads to an OpenAI-compatible server, then try again.",
	llm.BadRequest:     "The provider refused the request as it is. Check the model's name and its settings.",
}

// hint says what the person can do.
func (m *Model) hint(kind llm.ErrorKind, p problem) string {
	switch {
	case kind == llm.Auth:
		return m.authHint(p)
	case kind == llm.WrongEndpoint:
		return m.endpointHint(p)
	case kind == llm.Network:
		return m.networkHint(p.err)
	case kind == llm.RateLimited && p.retry > 0:
		return fmt.Sprintf("Wait %s and try again, or choose another model.", p.retry.Round(time.Second))
	case kind == llm.BadRequest && unknownModel.MatchString(p.code+" "+p.message):
		return fmt.Sprintf("There is no model %q at %s for this key. Check its name.", m.name, m.endpoint.host)
	case kind == llm.BadRequest && filtered.MatchString(p.code+" "+p.message):
		return "The provider's content filter refused the request. Say it in other words, or choose another model."
	}
	return hints[kind]
}

// What a refused request can be about, beyond its kind.
var (
	unknownModel = regexp.MustCompile(`(?i)model_not_found|model .*(not found|does not exist|not exist)|no such model`)
	filtered     = regexp.MustCompile(`(?i)content_filter|content management policy|was flagged|content_policy`)
)

func (m *Model) authHint(p problem) string {
	from := "the API key"
	if m.keyVariable != "" {
		from += " (usually in " + m.keyVariable + ")"
	}
	switch {
	case !m.hasKey && m.keyVariable != "":
		return "No API key was sent. Set " + m.keyVariable + ", or name the key in the config."
	case !m.hasKey:
		return "No API key was sent. Name the key in the config."
	case p.status == http.StatusForbidden:
		return "The provider knows the key but does not let it do this. Check what " + from + " may use, or your region."
	}
	return "The provider refused " + from + ". Check that it is whole and still valid, and that it belongs to " + m.endpoint.host + "."
}

func (m *Model) endpointHint(p problem) string {
	var other *notAStream
	switch {
	case errors.Is(p.err, api.ErrReasoningToolsRequireResponses), needsResponses.MatchString(p.message):
		return m.name + " takes tools only on the responses wire, and " + m.endpoint.host + " has none. " +
			"Choose a model that takes them over chat completions, or the provider's own endpoint."
	case errors.Is(p.err, api.ErrChatCompletionInvalidModel):
		return m.name + " is a completion model. Choose a chat model."
	case errors.As(p.err, &other):
		return "A web page or another service answered at " + m.endpoint.base + ". Check the base URL; on a public network, sign in to it first."
	case p.status/100 == 3:
		return "Set the base URL to the address it has moved to."
	case p.status == http.StatusGone:
		return "The provider has switched this endpoint off. Choose another one."
	}
	return "There are no chat completions at " + m.endpoint.base + ". Check the base URL: most end in /v1."
}

// needsResponses is OpenAI's refusal of tools on chat completions.
var needsResponses = regexp.MustCompile(`(?i)v1/responses|(use|requires?) the responses api`)

func (m *Model) networkHint(err error) string {
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED) && m.endpoint.loopback():
		return "Nothing listens at " + m.endpoint.host + ". Start the local server, or check its port."
	case errors.Is(err, syscall.ECONNREFUSED):
		return m.endpoint.host + " refuses connections. Check the base URL and the firewall."
	case errors.As(err, &dns):
		return "The name " + m.endpoint.host + " cannot be resolved. Check the base URL and the network."
	case isTLS(err):
		return "The secure connection to " + m.endpoint.host + " failed. Check http:// or https:// in the base URL, and the clock and certificates of this machine."
	}
	return "Check the network and the proxy settings, then try again."
}
