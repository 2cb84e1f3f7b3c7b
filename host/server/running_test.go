package server

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"switchboard/host/config"
)

// steps is a tool that reports n times, one pause apart, and then answers.
func steps(n int, pause time.Duration) func(reply, notify func(string)) {
	return func(reply, notify func(string)) {
		for i := range n {
			time.Sleep(pause)
			// The session's first call has the first token after the ids of the lists.
			for id := firstID; id < firstID+8; id++ {
				notify(fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"call-%d","progress":%d,"total":%d,"message":"step"}}`, id, i+1, n))
			}
		}
		reply(`{}`)
	}
}

func TestProgressPutsOffTheIdleTimeoutUpToTheCap(t *testing.T) {
	play(t, &fake{tool: steps(1000, 50*time.Second)}, func(st *stage) {
		began := time.Now()
		_, err := st.work()
		e := st.failure(err, TimedOut)
		if took := time.Since(began); took != defaultCallCap || e.Text.Raw() != "no answer after 10 min; the server was told to stop" {
			t.Errorf("ended after %s: %s", took, e.Text.Raw())
		}
		synctest.Wait()
		if n := st.asked("notifications/cancelled"); n != 1 {
			t.Errorf("the server was told %d times", n)
		}
	})
}

// However fast a server reports, a listener hears of it ten times a second, and
// of the beginning at once.
func TestNoticesOfProgressAreFew(t *testing.T) {
	play(t, &fake{tool: steps(400, 5*time.Millisecond)}, func(st *stage) {
		st.after(time.Second, Ready)
		told := len(st.told)
		call := st.begin()
		if len(st.told) != told+1 || len(st.told[told].Running) != 1 || st.told[told].Running[0].Tool != "work" {
			t.Fatalf("of the beginning it was told %d times", len(st.told)-told)
		}
		now := st.after(1500*time.Millisecond, Ready)
		if len(now.Running) != 1 || now.Running[0].Progress.Done < 280 || now.Running[0].Progress.Message.Raw() != "step" {
			t.Errorf("under way are %+v", now.Running)
		}
		if err := <-call; err != nil {
			t.Error(err)
		}
		now = st.after(time.Second, Ready)
		if n := len(st.told) - told; n < 15 || n > 24 {
			t.Errorf("%d notices of two seconds", n)
		}
		if last := st.told[len(st.told)-1]; len(last.Running) != 0 || last.P50 != 2*time.Second || len(last.Latencies) != 1 {
			t.Errorf("in the end it was told %+v", last)
		}
	})
}

func TestClocksStandStillInAPause(t *testing.T) {
	never := func(func(string), func(string)) {}
	for name, c := range map[string]struct {
		tool  func(reply, notify func(string))
		limit time.Duration
	}{
		"idle timeout": {never, defaultCall},
		"hard cap":     {steps(1000, 50*time.Second), defaultCallCap},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, &fake{tool: c.tool}, func(st *stage) {
				began := time.Now()
				call := st.begin()
				time.Sleep(30 * time.Second)
				first, second := st.Pause(), st.Pause()
				time.Sleep(5 * time.Minute)
				first()
				first() // counts once
				time.Sleep(5 * time.Minute)
				second()
				st.failure(<-call, TimedOut)
				if took := time.Since(began); took < c.limit+10*time.Minute || took > c.limit+10*time.Minute+time.Minute {
					t.Errorf("timed out after %s", took)
				}
				if st.asked("ping") > 0 {
					t.Error("it was probed in the pause")
				}
			})
		})
	}
}

// What begins in a pause has all its time when the pause is over; what ends in
// one does not wait for that.
func TestCallsThatMeetAPause(t *testing.T) {
	answer := false
	f := &fake{tool: func(reply, _ func(string)) {
		if answer {
			reply(`{}`)
		}
	}}
	play(t, f, func(st *stage) {
		resume := st.Pause()
		call := st.begin()
		time.Sleep(time.Hour)
		answer = true
		if _, err := st.work(); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithCancel(st.t.Context())
		cancel()
		if _, err := st.Call(ctx, "work", nil, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("a call that is given up: %v", err)
		}
		resume()
		began := time.Now()
		st.failure(<-call, TimedOut)
		if took := time.Since(began); took != defaultCall {
			t.Errorf("timed out after %s", took)
		}
	})
}

func TestALateAnswerIsCounted(t *testing.T) {
	f := &fake{tool: func(reply, _ func(string)) {
		time.Sleep(2 * time.Second)
		reply(`{}`)
	}}
	play(t, f, func(st *stage) {
		_, err := st.work()
		st.failure(err, TimedOut)
		if now := st.after(2*time.Second, Ready); now.Late != 1 || now.Noise != 0 || len(now.Latencies) != 0 {
			t.Errorf("afterwards %+v", now)
		}
	}, func(c *config.Server, _ *Options) { c.Timeout = time.Second })
}

func TestPulse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Int64Range(1, 1e12), 0, 100).Draw(t, "durations")
		var p pulse
		var want []time.Duration
		for _, d := range all {
			p.add(time.Duration(d))
			want = append(want, time.Duration(d))
		}
		want = want[max(0, len(want)-pulseLength):]
		if got := p.all(); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		slices.Sort(want)
		median := time.Duration(0)
		if len(want) > 0 {
			median = want[len(want)/2]
		}
		if got := p.median(); got != median {
			t.Fatalf("the median is %s, want %s", got, median)
		}
	})
}
