package server

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBreaker(t *testing.T) {
	t.Parallel()
	b, now := breaker{}, noon
	fail := func(n int) {
		for range n {
			if _, ok := b.admit(now); ok {
				b.settle(unserved, "no answer", now)
			}
		}
	}
	admits := func(want bool) time.Duration {
		t.Helper()
		wait, ok := b.admit(now)
		if ok != want {
			t.Fatalf("admitted: %v; %+v", ok, b)
		}
		return wait
	}
	fail(breakerLimit - 1)
	admits(true)
	b.settle(served, "", now)
	fail(breakerLimit - 1)
	admits(true)
	b.settle(silenced, "", now) // says nothing either way
	fail(1)
	if wait := admits(false); wait != breakerPause {
		t.Errorf("to wait: %s", wait)
	}
	now = now.Add(breakerPause)
	admits(true)
	admits(false) // one trial at a time
	b.settle(silenced, "", now)
	admits(true)
	b.settle(unserved, "no answer", now)
	admits(false)
	b.relax(now)
	admits(true)
	b.settle(served, "", now)
	if b != (breaker{}) {
		t.Errorf("after a good trial %+v", b)
	}
	b.relax(now)
	admits(true)
	admits(true)
}

// A server that lives and answers no call: its calls end at once after a few, the
// lamp says so, and one that succeeds opens the way again.
func TestCallsToAServerThatAnswersNoneEndAtOnce(t *testing.T) {
	works := false
	f := &fake{tool: func(reply, _ func(string)) {
		if works {
			reply(`{}`)
		}
	}}
	play(t, f, func(st *stage) {
		for range breakerLimit {
			began := time.Now()
			_, err := st.work()
			st.failure(err, TimedOut)
			if took := time.Since(began); took != defaultCall {
				t.Fatalf("timed out after %s", took)
			}
		}
		now := st.after(0, Degraded)
		if want := "the last 5 calls got no answer (no answer and no progress for 60 s; the server was told to stop)"; now.Reason.Raw() != want {
			t.Errorf("degraded because %s", now.Reason.Raw())
		}
		began := time.Now()
		_, err := st.work()
		if e := st.failure(err, Suspended); time.Since(began) > 0 || e.RetryAfter != breakerPause || !strings.HasSuffix(e.Text.Raw(), "; the next is let through in 30 s") {
			t.Errorf("after %s: %s (%s)", time.Since(began), e.Text.Raw(), e.RetryAfter)
		}
		time.Sleep(breakerPause)
		works = true
		if _, err := st.work(); err != nil {
			t.Fatalf("the trial gives %v", err)
		}
		st.after(0, Ready)
		if _, err := st.work(); err != nil {
			t.Error(err)
		}
	})
}

// When the server was silent altogether, its first sign of life lets calls through.
func TestASignOfLifeLetsCallsThrough(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		st.freeze()
		var calls []<-chan error
		for range breakerLimit {
			calls = append(calls, st.begin())
		}
		for _, c := range calls {
			st.failure(<-c, TimedOut)
		}
		_, err := st.work()
		st.failure(err, Suspended)
		st.after(6*time.Second, Degraded)
		st.thaw()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if _, err := st.work(); err != nil {
			t.Errorf("after a sign of life: %v", err)
		}
	})
}

// A new life is innocent of what calls to the old one came to.
func TestARestartLetsCallsThrough(t *testing.T) {
	f := &fake{tool: func(func(string), func(string)) {}}
	play(t, f, func(st *stage) {
		for range breakerLimit {
			_, err := st.work()
			st.failure(err, TimedOut)
		}
		st.after(0, Degraded)
		st.Restart()
		st.after(0, Ready)
		_, err := st.work()
		st.failure(err, TimedOut)
	})
}
