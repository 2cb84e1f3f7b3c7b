package servertest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"switchboard/host/server"
)

// Traffic is what calls to servers that are meant to be well came to. The zero
// value is ready to use, by many at once.
type Traffic struct {
	mu     sync.Mutex
	took   []time.Duration
	failed []error
}

// Drive calls a server's echo once in a while until ctx ends, one call at a time.
// The first comes after offset, so that many drivers do not call together.
func (t *Traffic) Drive(ctx context.Context, s *server.Server, offset, every time.Duration) {
	timer := time.NewTimer(offset)
	defer timer.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		timer.Reset(every)
		t.add(t.call(s, n))
	}
}

// call asks for one echo and checks it. It is never called off: a driver that is
// told to end waits for its last answer.
func (t *Traffic) call(s *server.Server, n int) (time.Duration, error) {
	began := time.Now()
	args := fmt.Sprintf(`{"n":%d}`, n)
	r, err := s.Call(context.Background(), "echo", json.RawMessage(args), nil)
	if err == nil && r.Text.Raw() != args {
		err = fmt.Errorf("%s was answered with %s", args, r.Text.Line())
	}
	return time.Since(began), err
}

func (t *Traffic) add(took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took = append(t.took, took)
	if err != nil {
		t.failed = append(t.failed, err)
	}
}

// Figures gives what came together since it was last asked, and forgets it.
func (t *Traffic) Figures() Figures {
	t.mu.Lock()
	took, failed := t.took, t.failed
	t.took, t.failed = nil, nil
	t.mu.Unlock()
	f := Figures{Calls: len(took)}
	for _, err := range failed {
		f.Failed = append(f.Failed, err.Error())
	}
	if len(took) > 0 {
		slices.Sort(took)
		f.P50, f.P99 = took[len(took)/2], took[len(took)*99/100]
	}
	return f
}

// Figures sum up calls.
type Figures struct {
	Calls    int
	Failed   []string // the errors
	P50, P99 time.Duration
}

// String is a line for a log.
func (f Figures) String() string {
	return fmt.Sprintf("%d calls, %d failed, p50 %s, p99 %s", f.Calls, len(f.Failed), f.P50.Round(time.Microsecond), f.P99.Round(time.Microsecond))
}
