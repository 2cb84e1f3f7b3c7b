package server

import (
	"fmt"
	"time"

	"switchboard/host/clean"
	"switchboard/host/server/process"
)

const (
	breakerLimit = 5                // calls in a row that came to nothing
	breakerPause = 30 * time.Second // until one is tried again
)

// A breaker keeps calls from a server that lives but answers none of them: after
// some failures in a row calls end at once, until one that is let through for a
// trial succeeds. The zero value lets everything through.
type breaker struct {
	failures int
	last     string    // what the last failure was
	until    time.Time // no call before; zero while all are let through
	trying   bool      // the trial is under way
}

// admit tells whether a call may go to the server, and if not, when the next may.
func (b *breaker) admit(now time.Time) (wait time.Duration, ok bool) {
	switch {
	case b.until.IsZero():
		return 0, true
	case b.trying || now.Before(b.until):
		return max(0, b.until.Sub(now)), false
	}
	b.trying = true
	return 0, true
}

// An outcome is what a call says about its server.
type outcome int

const (
	silenced outcome = iota // nothing: the caller left, or the connection ended
	served                  // it answered, if only with an error
	unserved                // no answer came in time, or the request did not get there
)

// settle learns from a call that was let through.
func (b *breaker) settle(out outcome, what string, now time.Time) {
	switch out {
	case served:
		*b = breaker{}
	case unserved:
		b.failures++
		b.last = what
		if b.failures >= breakerLimit {
			b.until = now.Add(breakerPause)
		}
		b.trying = false
	case silenced:
		b.trying = false
	}
}

// relax lets the next call through for a trial.
func (b *breaker) relax(now time.Time) {
	if !b.until.IsZero() {
		b.until = now
	}
}

// reason says why calls are held back; empty while they are not.
func (b *breaker) reason() clean.Text {
	if b.until.IsZero() {
		return clean.Text{}
	}
	return clean.Foreign(fmt.Sprintf("the last %d calls got no answer (%s)", b.failures, b.last))
}

// refusal is what the caller of a call reads that was not let through.
func (b *breaker) refusal(server string, wait time.Duration) *Error {
	next := "one is being tried again now"
	if wait > 0 {
		next = "the next is let through in " + process.Seconds(wait)
	}
	return &Error{
		Server: server, Kind: Suspended, RetryAfter: wait,
		Text: clean.Foreign(fmt.Sprintf("not sent: %s; %s", b.reason().Raw(), next)),
	}
}
