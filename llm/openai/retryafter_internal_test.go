package openai

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

// Moments are read against the clock, so the clock must stand still.
func TestMomentsToRetryAt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		then := time.Now().Add(42 * time.Second)
		for name, h := range map[string]http.Header{
			"date":                  {"Retry-After": {then.UTC().Format(http.TimeFormat)}},
			"OpenRouter":            {"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {strconv.FormatInt(then.UnixMilli(), 10)}},
			"seconds since 1970":    {"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {strconv.FormatInt(then.Unix(), 10)}},
			"Anthropic":             {"Anthropic-Ratelimit-Tokens-Remaining": {"0"}, "Anthropic-Ratelimit-Tokens-Reset": {then.Format(time.RFC3339)}},
			"the longer of two":     {"X-Ratelimit-Remaining-Requests": {"0"}, "X-Ratelimit-Reset-Requests": {"1s"}, "X-Ratelimit-Remaining-Tokens": {"0"}, "X-Ratelimit-Reset-Tokens": {"42s"}},
			"what is said outright": {"Retry-After": {"42"}, "X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {"1"}},
		} {
			if got := retryAfter(h); got != 42*time.Second {
				t.Errorf("%s: %s", name, got)
			}
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "1", "-1", "1e300", "NaN", "6m0s", "2024-01-01T00:00:00Z", "Wed, 21 Oct 2015 07:28:00 GMT", "try again in 1h1m1s", "9999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		h := http.Header{"Retry-After": {value}, "X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {value}}
		for _, d := range []time.Duration{retryAfter(h), untilReset(h), waitInWords(value)} {
			if d < 0 || d > maxRetryAfter {
				t.Fatalf("%s", d)
			}
		}
	})
}
