package retry_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"iter"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/retry"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func failure(kind llm.ErrorKind) *llm.Error {
	return &llm.Error{Kind: kind, Provider: "script", Message: string(kind), Hint: "h"}
}

// heard is a stream, written down: text, "!" for void, "." for done.
type heard struct {
	said  string
	waits []time.Duration
	err   error
	ends  int
	took  time.Duration
}

func listen(ctx context.Context, m llm.Model) heard {
	var h heard
	start := time.Now()
	for e, err := range m.Stream(ctx, llm.Request{}) {
		if err != nil {
			h.err, h.ends = err, h.ends+1
			continue
		}
		switch e := e.(type) {
		case llm.TextDelta:
			h.said += string(e)
		case llm.Voided:
			h.said += "!"
			h.waits = append(h.waits, e.Wait)
		case llm.Done:
			h.said += "."
			h.ends++
		}
	}
	h.took = time.Since(start)
	return h
}

func repeat(n int, s llmtest.Step) []llmtest.Step {
	var steps []llmtest.Step
	for range n {
		steps = append(steps, s)
	}
	return steps
}

func TestRetries(t *testing.T) {
	t.Parallel()
	refused := failure(llm.Network)
	refused.Err = fmt.Errorf("dial: %w", syscall.ECONNREFUSED)
	noName := failure(llm.Network)
	noName.Err = &net.DNSError{Err: "no such host", IsNotFound: true}
	noTrust := failure(llm.Network)
	noTrust.Err = fmt.Errorf("dial: %w", &tls.CertificateVerificationError{Err: errors.New("expired")})
	good := llmtest.Say("ok")
	for name, c := range map[string]struct {
		steps []llmtest.Step
		said  string
		kind  llm.ErrorKind
		tries int
	}{
		"good at once":                {[]llmtest.Step{good}, "ok.", "", 1},
		"before anything came":        {[]llmtest.Step{llmtest.Fail(failure(llm.Overloaded)), good}, "!ok.", "", 2},
		"cut in the middle":           {[]llmtest.Step{llmtest.Say("half ").Fail(failure(llm.Truncated)), good}, "half !ok.", "", 2},
		"cut while writing a call":    {[]llmtest.Step{llmtest.Say("a ").Call("f", nil).Fail(failure(llm.Truncated)), good}, "a !ok.", "", 2},
		"overloaded for ever":         {repeat(5, llmtest.Fail(failure(llm.Overloaded))), "!!!!", llm.Overloaded, 5},
		"limited for ever":            {repeat(5, llmtest.Fail(failure(llm.RateLimited))), "!!!!", llm.RateLimited, 5},
		"cut for ever":                {repeat(4, llmtest.Say("a ").Fail(failure(llm.Truncated))), "a !a !a !a ", llm.Truncated, 4},
		"no network":                  {repeat(3, llmtest.Fail(failure(llm.Network))), "!!", llm.Network, 3},
		"nobody there":                {[]llmtest.Step{llmtest.Fail(refused)}, "", llm.Network, 1},
		"no such host":                {[]llmtest.Step{llmtest.Fail(noName)}, "", llm.Network, 1},
		"a bad certificate":           {[]llmtest.Step{llmtest.Fail(noTrust)}, "", llm.Network, 1},
		"silent twice":                {repeat(2, llmtest.Fail(failure(llm.Idle))), "!", llm.Idle, 2},
		"a call that was none, twice": {repeat(2, llmtest.Fail(failure(llm.BadReply))), "!", llm.BadReply, 2},
		"overloaded, then refused":    {[]llmtest.Step{llmtest.Fail(failure(llm.Overloaded)), llmtest.Fail(failure(llm.Auth))}, "!", llm.Auth, 2},
		"key":                         {[]llmtest.Step{llmtest.Fail(failure(llm.Auth))}, "", llm.Auth, 1},
		"credit":                      {[]llmtest.Step{llmtest.Fail(failure(llm.NoCredit))}, "", llm.NoCredit, 1},
		"window":                      {[]llmtest.Step{llmtest.Fail(failure(llm.ContextTooLong))}, "", llm.ContextTooLong, 1},
		"no tools":                    {[]llmtest.Step{llmtest.Fail(failure(llm.NoTools))}, "", llm.NoTools, 1},
		"endpoint":                    {[]llmtest.Step{llmtest.Fail(failure(llm.WrongEndpoint))}, "", llm.WrongEndpoint, 1},
		"request":                     {[]llmtest.Step{llmtest.Fail(failure(llm.BadRequest))}, "", llm.BadRequest, 1},
		"unknown":                     {[]llmtest.Step{llmtest.Fail(failure(llm.Unknown))}, "", llm.Unknown, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := llmtest.New(c.steps...)
				h := listen(t.Context(), retry.New(m))
				if h.said != c.said || h.ends != 1 || len(m.Requests()) != c.tries {
					t.Errorf("heard %q with %d ends after %d attempts, want %q after %d", h.said, h.ends, len(m.Requests()), c.said, c.tries)
				}
				m.Verify(t)
				checkEnd(t, h, c.kind, c.tries)
			})
		})
	}
}

func checkEnd(t *testing.T, h heard, kind llm.ErrorKind, tries int) {
	t.Helper()
	if kind == "" {
		if h.err != nil {
			t.Errorf("ended with %v", h.err)
		}
		return
	}
	var e *llm.Error
	if !errors.As(h.err, &e) || e.Kind != kind || e.Hint != "h" {
		t.Fatalf("ended with %#v", h.err)
	}
	if counted := strings.Contains(e.Message, fmt.Sprintf("(tried %d times)", tries)); counted != (tries > 1) {
		t.Errorf("says %q after %d attempts", e.Message, tries)
	}
}

// The waits grow, stay below their bounds, are what passes, and are told before
// they pass.
func TestWaits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		asked := rapid.Custom(func(rt *rapid.T) time.Duration {
			return time.Duration(rapid.IntRange(-1, 60).Draw(rt, "seconds")) * time.Second
		})
		after := rapid.SliceOfN(asked, 4, 4).Draw(rt, "retry after")
		synctest.Test(t, func(t *testing.T) {
			var steps []llmtest.Step
			for _, a := range after {
				e := failure(llm.RateLimited)
				e.RetryAfter = max(a, 0)
				steps = append(steps, llmtest.Fail(e))
			}
			h := listen(t.Context(), retry.New(llmtest.New(append(steps, llmtest.Say("ok"))...)))
			var sum time.Duration
			for i, w := range h.waits {
				sum += w
				own, theirs := time.Second<<i, max(after[i], 0)
				if w < theirs || w > theirs+max(own, theirs/10) {
					t.Errorf("wait %d is %s, the provider asked for %s", i+1, w, theirs)
				}
			}
			if sum > 3*time.Minute || h.took != sum || (h.err == nil) != (len(h.waits) == 4) {
				t.Errorf("waited %s in %s, ended with %v", sum, h.took, h.err)
			}
		})
	})
}

func TestProviderAsksForTooMuch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := failure(llm.RateLimited)
		e.RetryAfter = 61 * time.Second
		m := llmtest.New(llmtest.Fail(e), llmtest.Say("ok"))
		if h := listen(t.Context(), retry.New(m)); h.err != error(e) || h.took != 0 {
			t.Errorf("%+v", h)
		}
	})
}

func TestWaitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e, enough := failure(llm.RateLimited), errors.New("enough")
		e.RetryAfter = time.Minute
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(enough) })
		m := llmtest.New(llmtest.Fail(e), llmtest.Say("ok"))
		if h := listen(ctx, retry.New(m)); h.err != enough || h.ends != 1 || h.took != time.Second || len(m.Requests()) != 1 {
			t.Errorf("%+v", h)
		}
	})
}

// Whoever leaves at the void, or before it, is not asked for.
func TestLeaving(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, leaveAt := range []int{1, 2} {
			m := llmtest.New(llmtest.Say("half ").Fail(failure(llm.Truncated)), llmtest.Say("ok"))
			n := 0
			for range retry.New(m).Stream(t.Context(), llm.Request{}) {
				if n++; n == leaveAt {
					break
				}
			}
			if len(m.Requests()) != 1 {
				t.Errorf("left at %d and asked %d times", leaveAt, len(m.Requests()))
			}
		}
	})
}

// A model that goes on after Done breaks its promise; what it says then is not
// heard and not tried again. One that ends without any end is.
func TestModelsThatBreakTheirPromise(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		late := &odd{events: []llm.Event{llm.TextDelta("a"), llm.Done{}}, err: failure(llm.Truncated)}
		if h := listen(t.Context(), retry.New(late)); h.said != "a." || h.ends != 1 || late.asked != 1 {
			t.Errorf("%+v", h)
		}
		endless := &odd{events: []llm.Event{llm.TextDelta("a")}}
		if h := listen(t.Context(), retry.New(endless)); h.said != "a!a!a!a" || h.ends != 1 || endless.asked != 4 {
			t.Errorf("%+v after %d attempts", h, endless.asked)
		}
		plain := errors.New("no kind at all")
		if h := listen(t.Context(), retry.New(&odd{err: plain})); h.err != plain || h.ends != 1 {
			t.Errorf("%+v", h)
		}
	})
}

type odd struct {
	events []llm.Event
	err    error
	asked  int
}

func (o *odd) Info() llm.Info { return llm.Info{Name: "odd"} }

func (o *odd) Stream(context.Context, llm.Request) iter.Seq2[llm.Event, error] {
	return func(yield func(llm.Event, error) bool) {
		o.asked++
		for _, e := range o.events {
			if !yield(e, nil) {
				return
			}
		}
		if o.err != nil {
			yield(nil, o.err)
		}
	}
}

func TestWhatTheModelTellsOfItself(t *testing.T) {
	t.Parallel()
	inner := llmtest.New()
	m := retry.New(inner)
	if m.Info() != inner.Info() {
		t.Errorf("%+v", m.Info())
	}
	if list, err := m.Models(t.Context()); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("%v, %v", list, err)
	}
	list, err := retry.New(lister{inner}).Models(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "a" {
		t.Errorf("%v, %v", list, err)
	}
}

type lister struct{ llm.Model }

func (lister) Models(context.Context) ([]llm.ModelInfo, error) {
	return []llm.ModelInfo{{Name: "a"}}, nil
}
