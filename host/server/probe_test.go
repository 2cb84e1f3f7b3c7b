package server

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// budget is by when a server that fell silent is degraded: it is idle for up to
// 1.1 times 15 s, and three probes take up to 6 s each.
const budget = 35 * time.Second

func TestASilentServerIsNoticedAndRestarted(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		st.after(0, Ready)
		st.freeze()
		if took := st.until(Degraded, budget); took < 25*time.Second {
			t.Errorf("degraded after %s already", took)
		}
		now := st.Status()
		if now.Misses != missesDegraded || !strings.HasPrefix(now.Reason.Raw(), "no answer to a ping for 1") {
			t.Errorf("%d misses: %s", now.Misses, now.Reason.Raw())
		}
		if age := time.Since(now.Evidence); age < 25*time.Second {
			t.Errorf("the evidence is said to be %s old", age)
		}
		st.until(Backoff, 20*time.Second)
		if reason := st.Status().Reason.Raw(); !strings.HasPrefix(reason, "no answer to a ping for 3") {
			t.Errorf("restarted because of %s", reason)
		}
		now = st.after(time.Second, Ready)
		if now.Restarts != 1 || now.Misses != 0 || st.starts() != 2 {
			t.Errorf("afterwards %+v", now)
		}
	})
}

func TestAServerThatComesToIsReadyAgain(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		st.after(0, Ready)
		st.freeze()
		st.until(Degraded, budget)
		st.thaw()
		if took := st.until(Ready, 10*time.Second); took < time.Second {
			t.Errorf("one answer was enough: ready after %s", took)
		}
		now := st.Status()
		if now.Misses != 0 || now.Restarts != 0 || now.Late < missesDegraded || !now.Reason.Empty() {
			t.Errorf("afterwards %+v", now)
		}
	})
}

func TestAnsweredCallsAreEvidence(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		for range 40 {
			if _, err := st.work(); err != nil {
				t.Fatal(err)
			}
			st.after(10*time.Second, Ready)
		}
		if n := st.asked("ping"); n > 0 {
			t.Errorf("%d pings beside calls", n)
		}
	})
}

func TestABusyServerIsNotProbed(t *testing.T) {
	f := &fake{tool: func(reply, _ func(string)) {
		time.Sleep(50 * time.Second)
		reply(`{}`)
	}}
	play(t, f, func(st *stage) {
		if _, err := st.work(); err != nil || st.asked("ping") > 0 {
			t.Errorf("%d pings; the call gives %v", st.asked("ping"), err)
		}
	})
}

// A healthy idle server costs four pings a minute, and tells nobody anything.
func TestIdleIsQuiet(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		st.after(time.Second, Ready)
		told := len(st.told)
		st.after(10*time.Minute, Ready)
		if n := st.asked("ping"); n < 35 || n > 42 {
			t.Errorf("%d pings in ten minutes", n)
		}
		if len(st.told) != told {
			t.Errorf("%d notices of nothing", len(st.told)-told)
		}
		if age := time.Since(st.Status().Evidence); age > 20*time.Second {
			t.Errorf("the evidence is %s old", age)
		}
	})
}

func TestModernServersAreProbedByDiscover(t *testing.T) {
	play(t, &fake{modern: true}, func(st *stage) {
		now := st.after(5*time.Minute, Ready)
		if n := st.asked("server/discover"); n < 15 || st.asked("ping") > 0 || now.Protocol != "2026-07-28" {
			t.Errorf("%d discoveries, %d pings, protocol %s", n, st.asked("ping"), now.Protocol)
		}
		if age := time.Since(now.Evidence); age > 20*time.Second {
			t.Errorf("the evidence is %s old", age)
		}
		st.freeze()
		st.until(Degraded, budget)
		if reason := st.Status().Reason.Raw(); !strings.HasPrefix(reason, "no answer to server/discover for ") {
			t.Errorf("the reason is %s", reason)
		}
	})
}

// A server that has not answered yet is not probed, however long it takes.
func TestNoProbeBeforeTheHandshake(t *testing.T) {
	play(t, &fake{slow: 50 * time.Second}, func(st *stage) {
		st.after(49*time.Second, Starting)
		if n := st.asked("ping"); n > 0 {
			t.Errorf("%d pings before the handshake", n)
		}
		st.after(2*time.Second, Ready)
	}, patient(time.Minute))
}

// A call that timed out is reason to ask at once.
func TestATimedOutCallHurriesTheProbe(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		st.after(0, Ready)
		st.freeze()
		_, err := st.work()
		st.failure(err, TimedOut)
		synctest.Wait()
		if n := st.asked("ping"); n != 1 {
			t.Errorf("%d pings at once", n)
		}
		st.until(Degraded, 20*time.Second)
	})
}
