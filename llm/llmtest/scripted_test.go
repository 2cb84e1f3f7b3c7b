package llmtest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"switchboard/llm"
	"switchboard/llm/llmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// play collects what a model says to one request.
func play(ctx context.Context, m llm.Model, r llm.Request) (events []llm.Event, errs []error) {
	for e, err := range m.Stream(ctx, r) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		events = append(events, e)
	}
	return events, errs
}

func TestSayStreamsWordByWord(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("Hello, dear\nreader. ").Usage(llm.Usage{Input: 3, Output: 4}))
	events, errs := play(t.Context(), m, llm.Request{})
	got := fmt.Sprintf("%q", events[:len(events)-1])
	if got != `["Hello, " "dear\n" "reader. "]` || len(errs) != 0 {
		t.Errorf("%s, %v", got, errs)
	}
	done, ok := events[len(events)-1].(llm.Done)
	if !ok || done.Message.Prose() != "Hello, dear\nreader. " || done.Finish != llm.Stop || done.Usage.Output != 4 {
		t.Errorf("%+v", events[len(events)-1])
	}
	m.Verify(t)
}

func TestCallsAndOrder(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Think("hm").Say("Looking.").Call("a", map[string]int{"x": 1}).Call("b", `{"y":`).Call("c", nil),
		llmtest.Say("cut").Finish(llm.Length),
	)
	events, _ := play(t.Context(), m, llm.Request{})
	done := events[len(events)-1].(llm.Done)
	calls := done.Message.Calls()
	if len(calls) != 3 || done.Finish != llm.ToolCalls || done.Message.Parts[0] != llm.Reasoning("hm") {
		t.Fatalf("%+v", done)
	}
	if string(calls[0].Arguments) != `{"x":1}` || calls[1].Malformed != `{"y":` || string(calls[1].Arguments) != `{}` || string(calls[2].Arguments) != `{}` {
		t.Errorf("%+v", calls)
	}
	seen := map[string]bool{}
	for _, c := range calls {
		if len(c.ID) != 9 || seen[c.ID] {
			t.Errorf("id %q", c.ID)
		}
		seen[c.ID] = true
	}
	last := events[len(events)-2].(llm.CallDelta)
	if last.Index != 2 || last.Name != "c" {
		t.Errorf("%+v", last)
	}
	events, _ = play(t.Context(), m, llm.Request{})
	if d := events[len(events)-1].(llm.Done); d.Finish != llm.Length {
		t.Errorf("%+v", d)
	}
}

func TestStepsAreValues(t *testing.T) {
	t.Parallel()
	base := llmtest.Say("a")
	b, c := base.Say("b"), base.Say("c")
	for want, step := range map[string]llmtest.Step{"a": base, "ab": b, "ac": c} {
		events, _ := play(t.Context(), llmtest.New(step), llm.Request{})
		if got := events[len(events)-1].(llm.Done).Message.Prose(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRequestsAreKept(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("1"), llmtest.Say("2"))
	messages := []llm.Message{llm.Say(llm.User, "first")}
	play(t.Context(), m, llm.Request{Messages: messages})
	messages[0] = llm.Say(llm.User, "second")
	play(t.Context(), m, llm.Request{Messages: messages})
	got := m.Requests()
	if len(got) != 2 || got[0].Messages[0].Prose() != "first" || m.Last().Messages[0].Prose() != "second" {
		t.Errorf("%+v", got)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	boom := &llm.Error{Kind: llm.Overloaded, Provider: "script", Message: "boom"}
	m := llmtest.New(llmtest.Fail(boom), llmtest.Say("half ").Fail(boom))
	for i, want := range []int{0, 1} {
		events, errs := play(t.Context(), m, llm.Request{})
		if len(events) != want || len(errs) != 1 || !errors.Is(errs[0], error(boom)) {
			t.Errorf("step %d: %v, %v", i, events, errs)
		}
	}
	if events, errs := play(t.Context(), m, llm.Request{}); len(events) != 0 || len(errs) != 1 || !errors.Is(errs[0], llmtest.ErrNoStep) {
		t.Errorf("past the end: %v, %v", events, errs)
	}
}

// A recorder stands in for a test that is expected to fail.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func TestVerify(t *testing.T) {
	t.Parallel()
	wrong := errors.New("no tools were offered")
	m := llmtest.New(llmtest.Say("x").Check(func(r llm.Request) error {
		if len(r.Tools) == 0 {
			return wrong
		}
		return nil
	}))
	m.Then(llmtest.Say("y"), llmtest.Say("z"))
	if _, errs := play(t.Context(), m, llm.Request{}); len(errs) != 1 || !errors.Is(errs[0], wrong) {
		t.Errorf("%v", errs)
	}
	var r recorder
	m.Verify(&r)
	said := strings.Join(r.said, "\n")
	if len(r.said) != 2 || !strings.Contains(said, wrong.Error()) || !strings.Contains(said, "2 of 3 steps were not asked for") {
		t.Errorf("%q", r.said)
	}
}

func TestWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		m := llmtest.New(llmtest.Say("a b c").Wait(time.Minute).Pace(time.Second).Hold(gate))
		time.AfterFunc(time.Hour, func() { close(gate) })
		start := time.Now()
		events, errs := play(t.Context(), m, llm.Request{})
		if took := time.Since(start); took != time.Hour+time.Minute+3*time.Second || len(events) != 4 || len(errs) != 0 {
			t.Errorf("took %s: %v, %v", took, events, errs)
		}
	})
}

func TestCancelEndsEveryWait(t *testing.T) {
	t.Parallel()
	cause := errors.New("stop")
	// The steps are made within the bubble, for a channel of another one would not
	// let its clock run.
	for name, step := range map[string]func() llmtest.Step{
		"hold": func() llmtest.Step { return llmtest.Say("a b").Hold(make(chan struct{})) },
		"wait": func() llmtest.Step { return llmtest.Say("a b").Wait(time.Hour) },
		"pace": func() llmtest.Step { return llmtest.Say("a b").Pace(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(time.Minute, func() { cancel(cause) })
				start := time.Now()
				_, errs := play(ctx, llmtest.New(step()), llm.Request{})
				if len(errs) != 1 || errs[0] != cause || time.Since(start) != time.Minute {
					t.Errorf("%v after %s", errs, time.Since(start))
				}
			})
		})
	}
}

func TestBreakEndsTheStep(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("a b c"), llmtest.Say("d"))
	for range m.Stream(t.Context(), llm.Request{}) {
		break
	}
	if events, _ := play(t.Context(), m, llm.Request{}); fmt.Sprint(events[0]) != "d" {
		t.Errorf("%v", events)
	}
	m.Verify(t)
}

func TestFuncAndConcurrency(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(r llm.Request) llmtest.Step { return llmtest.Say("echo " + r.System) })
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			events, _ := play(t.Context(), m, llm.Request{System: fmt.Sprint(i)})
			if got := events[len(events)-1].(llm.Done).Message.Prose(); got != fmt.Sprintf("echo %d", i) {
				t.Errorf("%d: %q", i, got)
			}
		})
	}
	all.Wait()
	if n := len(m.Requests()); n != 50 {
		t.Errorf("%d requests", n)
	}
	m.Verify(t)
}
