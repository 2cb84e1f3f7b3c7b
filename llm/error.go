package llm

import (
	"fmt"
	"time"
)

// ErrorKind sorts failures by what can be done about them.
type ErrorKind string

// The kinds of failure.
const (
	Unknown        ErrorKind = "unknown"
	Auth           ErrorKind = "auth"             // 401, 403: the key is missing or refused
	NoCredit       ErrorKind = "no_credit"        // 402, insufficient_quota
	RateLimited    ErrorKind = "rate_limited"     // 429
	Overloaded     ErrorKind = "overloaded"       // 408, 409, 5xx
	Network        ErrorKind = "network"          // refused, reset, DNS, TLS
	Truncated      ErrorKind = "truncated"        // the stream stopped before its end
	Idle           ErrorKind = "idle"             // nothing came for too long
	ContextTooLong ErrorKind = "context_too_long" // the request does not fit the window
	NoTools        ErrorKind = "no_tools"         // this model or endpoint has no tool calling
	WrongEndpoint  ErrorKind = "wrong_endpoint"   // 404 on the path, HTML in the answer
	BadRequest     ErrorKind = "bad_request"      // 400, 422
	BadReply       ErrorKind = "bad_reply"        // neither JSON nor an event stream
)

// An Error is a model's failure in words for a person.
type Error struct {
	Kind       ErrorKind
	Provider   string
	Status     int           // HTTP status; 0 when there was none
	Code       string        // the provider's own code
	Message    string        // what failed; foreign text, to be cleaned where it is shown
	Hint       string        // what the person can do; our own words
	Tool       string        // the name of the tool the provider refused; "" when it named none
	RetryAfter time.Duration // 0 when the server named none
	Err        error
}

// Error says who failed and how.
func (e *Error) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("%s: %s (HTTP %d)", e.Provider, e.Message, e.Status)
	}
	return fmt.Sprintf("%s: %s", e.Provider, e.Message)
}

// Unwrap gives the cause, if there is one.
func (e *Error) Unwrap() error { return e.Err }
