package openai

import (
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// maxRetryAfter bounds what a server can make us believe about waiting.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads how long the server asks to wait: milliseconds as OpenAI and
// Azure send them, seconds, or a date (RFC 9110, section 10.2.3), else when the
// limit that was reached is lifted.
func retryAfter(h http.Header) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		return boundedWait(ms / 1000)
	}
	value := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(value, 64); err == nil {
		return boundedWait(s)
	}
	if date, err := http.ParseTime(value); err == nil {
		return boundedWait(time.Until(date).Seconds())
	}
	return untilReset(h)
}

// A limit is a pair of headers: how much is left of it, and when it is full again.
type limit struct{ remaining, reset string }

// limits are those of OpenAI and Groq, of Anthropic, and the one for all that
// OpenRouter and many proxies send.
var limits = []limit{
	{"X-Ratelimit-Remaining-Requests", "X-Ratelimit-Reset-Requests"},
	{"X-Ratelimit-Remaining-Tokens", "X-Ratelimit-Reset-Tokens"},
	{"Anthropic-Ratelimit-Requests-Remaining", "Anthropic-Ratelimit-Requests-Reset"},
	{"Anthropic-Ratelimit-Tokens-Remaining", "Anthropic-Ratelimit-Tokens-Reset"},
	{"X-Ratelimit-Remaining", "X-Ratelimit-Reset"},
}

// untilReset is the longest wait for a limit of which nothing is left.
func untilReset(h http.Header) time.Duration {
	var wait time.Duration
	for _, l := range limits {
		if h.Get(l.remaining) == "0" {
			wait = max(wait, resetIn(h.Get(l.reset)))
		}
	}
	return wait
}

// resetIn reads a duration ("6m0s"), a date, a number of seconds, or a moment in
// seconds or milliseconds since 1970.
func resetIn(value string) time.Duration {
	if d, err := time.ParseDuration(value); err == nil {
		return boundedWait(d.Seconds())
	}
	if date, err := time.Parse(time.RFC3339, value); err == nil {
		return boundedWait(time.Until(date).Seconds())
	}
	n, err := strconv.ParseFloat(value, 64)
	now := float64(time.Now().UnixMilli()) / 1000
	switch {
	case err != nil:
		return 0
	case n > 1e11:
		return boundedWait(n/1000 - now)
	case n > 1e8:
		return boundedWait(n - now)
	}
	return boundedWait(n)
}

// tryAgainIn is what OpenAI and Groq write into the message.
var tryAgainIn = regexp.MustCompile(`(?i)try again in ((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)`)

// waitInWords is the wait that a message names.
func waitInWords(message string) time.Duration {
	m := tryAgainIn.FindStringSubmatch(message)
	if m == nil {
		return 0
	}
	return resetIn(m[1])
}

func boundedWait(seconds float64) time.Duration {
	if !(seconds > 0) { // also NaN
		return 0
	}
	return time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
}
