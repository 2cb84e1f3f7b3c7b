package openai

import (
	"context"
	"io"
	"time"
)

// A watchdog ends an exchange in which nothing is heard for too long. The clock
// runs only while something is waited for: time that the reader of the answer
// takes does not count. All but the timer's own function is used by the one
// goroutine that reads the answer.
type watchdog struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	idle   time.Duration
	first  time.Duration
	until  time.Time // by when the first byte must be there; zero once it is
}

// newWatchdog gives a watchdog and the context that it ends.
func newWatchdog(ctx context.Context, first, idle time.Duration) (context.Context, *watchdog) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &watchdog{ctx: ctx, cancel: cancel, idle: idle, first: first}
	w.timer = time.AfterFunc(first, func() { cancel(errSilence) })
	w.timer.Stop()
	return ctx, w
}

// expectFirst starts the wait for the first byte of the answer.
func (w *watchdog) expectFirst() {
	w.until = time.Now().Add(w.first)
	w.timer.Reset(w.first)
}

// wait starts the wait for the next byte.
func (w *watchdog) wait() {
	if w.until.IsZero() {
		w.timer.Reset(w.idle)
		return
	}
	w.timer.Reset(time.Until(w.until))
}

// heard ends the wait, with the number of bytes that came.
func (w *watchdog) heard(n int) {
	w.timer.Stop()
	if n > 0 {
		w.until = time.Time{}
	}
}

// limit shortens the silence that is allowed from now on.
func (w *watchdog) limit(d time.Duration) { w.idle = min(w.idle, d) }

// fired tells whether the watchdog ended the exchange.
func (w *watchdog) fired() bool { return context.Cause(w.ctx) == errSilence }

// stop ends the exchange, whether it is over or not.
func (w *watchdog) stop() {
	w.timer.Stop()
	w.cancel(nil)
}

// A heardReader tells the watchdog what arrives.
type heardReader struct {
	src   io.Reader
	watch *watchdog
}

func (r *heardReader) Read(p []byte) (int, error) {
	r.watch.wait()
	n, err := r.src.Read(p)
	r.watch.heard(n)
	return n, err
}
