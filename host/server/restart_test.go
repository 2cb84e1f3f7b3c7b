package server

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host/config"
)

// patient sets the start timeout.
func patient(d time.Duration) func(*config.Server, *Options) {
	return func(_ *config.Server, o *Options) { o.StartTimeout = d }
}

func TestADeadServerComesBack(t *testing.T) {
	f := &fake{tool: func(func(string), func(string)) {}}
	play(t, f, func(st *stage) {
		st.after(time.Second, Ready)
		call := st.begin()
		st.die("exited with status 3 after 1.0 s")
		synctest.Wait()
		now := st.Status()
		if now.State != Backoff || now.Tools != 1 || time.Until(now.RetryAt) != defaultBackoff/2 {
			t.Fatalf("after its death %+v", now)
		}
		if e := st.failure(<-call, Lost); !strings.Contains(e.Text.Raw(), "ended before the answer: exited with status 3") {
			t.Errorf("the call under way: %s", e.Text.Raw())
		}
		_, err := st.work()
		e := st.failure(err, NotReady)
		if want := "the server is restarting, next try in 0.2 s: exited with status 3 after 1.0 s"; e.Text.Raw() != want || e.RetryAfter != defaultBackoff/2 {
			t.Errorf("a call meanwhile: %s (%s)", e.Text.Raw(), e.RetryAfter)
		}
		now = st.after(defaultBackoff, Ready)
		if now.Restarts != 1 || now.Catalog != 1 || !now.RetryAt.IsZero() {
			t.Errorf("afterwards %+v", now)
		}
	})
}

func TestFiveStartsInVainAreEnough(t *testing.T) {
	play(t, &fake{refuse: errors.New("exited with status 1")}, func(st *stage) {
		now := st.after(time.Hour, Failed)
		if st.starts() != maxExits || !strings.HasPrefix(now.Reason.Raw(), "exited with status 1; it ended 5 times") {
			t.Errorf("%d starts: %s", st.starts(), now.Reason.Raw())
		}
		st.refuse = nil
		st.Restart()
		st.after(0, Ready)
	})
}

func TestAnAddressIsTriedForEver(t *testing.T) {
	play(t, &fake{refuse: &reachError{where: "http://there", err: errors.New("no route")}}, func(st *stage) {
		st.after(10*time.Minute, Backoff)
		if n := st.starts(); n < 15 || n > 30 {
			t.Errorf("%d attempts in ten minutes", n)
		}
		st.refuse = nil
		st.until(Ready, time.Minute)
	})
}

func TestFaultsForAPersonAreNotRetried(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want State
	}{
		"entry":   {&entryError{errors.New("npx: not found in PATH")}, Failed},
		"sign-in": {&signInError{"sign-in needed"}, NeedsYou},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, &fake{refuse: c.err}, func(st *stage) {
				now := st.after(time.Hour, c.want)
				if st.starts() != 1 || now.Reason.Raw() != c.err.Error() {
					t.Errorf("%d starts: %s", st.starts(), now.Reason.Raw())
				}
			})
		})
	}
}

// slow makes the pauses between restarts long.
func slow(_ *config.Server, o *Options) { o.BackoffBase, o.BackoffCap = time.Hour, time.Hour }

func TestOrdersDoNotWaitForTheBackoff(t *testing.T) {
	for name, order := range map[string]func(*Server){"restart": (*Server).Restart, "enable": (*Server).Enable} {
		t.Run(name, func(t *testing.T) {
			play(t, &fake{}, func(st *stage) {
				st.die("exited")
				st.after(10*time.Minute, Backoff)
				order(st.Server)
				st.after(0, Ready)
			}, slow)
		})
	}
}

func TestStopKeepsTheTools(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		st.Stop()
		if now := st.after(time.Hour, Stopped); now.Tools != 1 || len(st.Tools()) != 1 || now.PID != 0 {
			t.Errorf("stopped as %+v", now)
		}
		_, err := st.work()
		st.failure(err, NotReady)
		st.Enable()
		st.after(0, Ready)
		st.die("exited")
		synctest.Wait()
		st.Stop() // the attempts to restart, too
		st.after(time.Hour, Stopped)
		if st.starts() != 2 {
			t.Errorf("%d starts", st.starts())
		}
	})
}

func TestNothingHappensBeforeConsent(t *testing.T) {
	play(t, &fake{}, func(st *stage) {
		for _, order := range []func(){func() {}, st.Restart, st.Enable, st.RestartPatiently, st.Disable, st.Enable} {
			order()
			time.Sleep(time.Minute)
			synctest.Wait()
		}
		if now := st.Status(); st.starts() > 0 || now.State != Untrusted || now.Reason.Raw() != "a file in this folder asks for it" {
			t.Fatalf("%d starts, %+v", st.starts(), now)
		}
		st.Trust()
		st.after(0, Ready)
		st.Restart()
		st.after(time.Second, Ready)
	}, func(c *config.Server, _ *Options) { c.Untrusted = "a file in this folder asks for it" })
}

func TestPatienceDoublesTheStartTimeout(t *testing.T) {
	play(t, &fake{slow: 39 * time.Second}, func(st *stage) {
		st.after(9*time.Second, Starting)
		if now := st.after(2*time.Second, Backoff); !strings.HasPrefix(now.Reason.Raw(), "no answer within 10 s of its start") {
			t.Errorf("the reason is %s", now.Reason.Raw())
		}
		st.RestartPatiently()
		st.after(19*time.Second, Starting)
		st.after(2*time.Second, Backoff)
		st.RestartPatiently()
		st.after(38*time.Second, Starting)
		st.after(2*time.Second, Ready)
		st.Restart() // the server keeps it
		st.after(38*time.Second, Starting)
		st.after(2*time.Second, Ready)
	}, slow)
}

func TestLaunchersHaveAMinute(t *testing.T) {
	play(t, &fake{slow: 55 * time.Second}, func(st *stage) {
		now := st.after(50*time.Second, Starting)
		if age := time.Since(now.Since); age != 50*time.Second {
			t.Errorf("starting for %s", age)
		}
		st.after(10*time.Second, Ready)
	}, func(c *config.Server, _ *Options) { c.Command = "/usr/bin/npx" })
}
