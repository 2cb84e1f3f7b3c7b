package server

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"switchboard/host/clean"
)

var (
	allStates = []State{Disabled, NeedsYou, Starting, Ready, Degraded, Stopping, Stopped, Untrusted, Backoff, Failed}
	allInputs = []inputKind{
		began, restarted, enabled, disabled, stopped, consented, linked, fell, gone, due, missed, answered,
		complained, remarked, closing,
	}
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// plain are the rules of an entry that nothing stands against.
var plain = lifeRules{backoffBase: defaultBackoff, backoffCap: defaultMaxPause}

// at is a machine in a state, with a life where that state has one.
func at(state State, up bool) machine {
	m := machine{rules: plain, state: state, up: up, since: noon}
	if state == Stopping {
		m.goal = Disabled
	}
	if state == Degraded {
		m.complaints[silent] = clean.Foreign("silent")
	}
	return m
}

// A move is what an input does in a state: where it leads, and what it asks for.
type move struct {
	to     State
	effect effect
}

// Every input in every state: what is not in the table changes nothing.
func TestEveryInputInEveryState(t *testing.T) {
	t.Parallel()
	halts := func(to State) map[inputKind]move {
		return map[inputKind]move{
			began: {Stopping, endLife}, restarted: {Stopping, endLife}, disabled: {Stopping, endLife}, stopped: {Stopping, endLife},
			fell: {Backoff, endLife}, closing: {Stopping, endLife}, gone: {to, nothing},
		}
	}
	idle := func(more map[inputKind]move) map[inputKind]move {
		all := map[inputKind]move{
			began: {Starting, startLife}, restarted: {Starting, startLife}, enabled: {Starting, startLife}, disabled: {Disabled, nothing},
		}
		for k, v := range more {
			all[k] = v
		}
		return all
	}
	cases := []struct {
		state State
		up    bool
		moves map[inputKind]move
	}{
		{Disabled, false, idle(nil)},
		{Stopped, false, idle(nil)},
		{Failed, false, idle(nil)},
		{NeedsYou, false, idle(nil)},
		{Untrusted, false, idle(map[inputKind]move{consented: {Starting, startLife}})},
		{Backoff, false, idle(map[inputKind]move{
			due: {Starting, startLife}, stopped: {Stopped, nothing}, closing: {Stopped, nothing},
		})},
		{Starting, true, with(halts(Starting), linked, move{Ready, nothing})},
		{Ready, true, halts(Ready)},
		{Degraded, true, with(halts(Degraded), missed, move{Degraded, nothing})},
		{Stopping, true, map[inputKind]move{
			began: {Stopping, endLife}, restarted: {Stopping, endLife}, enabled: {Stopping, endLife},
			disabled: {Stopping, endLife}, closing: {Stopping, endLife}, gone: {Disabled, nothing},
		}},
		// The life has ended by itself and is being taken down.
		{Backoff, true, map[inputKind]move{
			began: {Stopping, endLife}, restarted: {Stopping, endLife}, enabled: {Stopping, endLife}, disabled: {Stopping, endLife},
			stopped: {Stopping, endLife}, closing: {Stopping, endLife}, gone: {Backoff, armRetry},
		}},
		{Failed, true, map[inputKind]move{
			began: {Stopping, endLife}, restarted: {Stopping, endLife}, enabled: {Stopping, endLife}, disabled: {Stopping, endLife},
			closing: {Stopping, endLife},
		}},
		{NeedsYou, true, map[inputKind]move{
			began: {Stopping, endLife}, restarted: {Stopping, endLife}, enabled: {Stopping, endLife}, disabled: {Stopping, endLife},
			closing: {Stopping, endLife},
		}},
	}
	seen := map[State]bool{}
	for _, c := range cases {
		seen[c.state] = true
		for _, kind := range allInputs {
			want, ok := c.moves[kind]
			if !ok {
				want = move{c.state, nothing}
			}
			got, e := at(c.state, c.up).step(input{kind: kind, at: noon, roll: 0.5})
			if got.state != want.to || e != want.effect {
				t.Errorf("%s (up %v) on %s: %s, effect %d; want %s, %d", c.state, c.up, kind, got.state, e, want.to, want.effect)
			}
		}
	}
	if len(seen) != len(allStates) {
		t.Errorf("%d states of %d are in the table", len(seen), len(allStates))
	}
}

func with(moves map[inputKind]move, kind inputKind, m move) map[inputKind]move {
	moves[kind] = m
	return moves
}

// What stands against a start, in the order in which it is told.
func TestStartsThatAreBarred(t *testing.T) {
	t.Parallel()
	why := clean.Foreign
	cases := []struct {
		rules lifeRules
		state State
		said  string
		trust State // after consent
	}{
		{lifeRules{broken: why("b"), untrusted: why("u"), missing: why("m")}, Failed, "b", Failed},
		{lifeRules{untrusted: why("u"), missing: why("m")}, Untrusted, "u", NeedsYou},
		{lifeRules{untrusted: why("u")}, Untrusted, "u", Starting},
		{lifeRules{missing: why("m")}, NeedsYou, "m", NeedsYou},
		{lifeRules{disabled: true, untrusted: why("u")}, Disabled, "", Disabled},
	}
	for i, c := range cases {
		m, e := machine{rules: c.rules}.step(input{kind: began})
		if m.state != c.state || m.reason.Raw() != c.said || e != nothing || m.up {
			t.Errorf("%d: %s (%s), effect %d", i, m.state, m.reason.Raw(), e)
		}
		if again, _ := m.step(input{kind: restarted}); c.state == Untrusted && again.state != Untrusted {
			t.Errorf("%d: a restart gets past consent: %s", i, again.state)
		}
		if m, _ = m.step(input{kind: consented}); m.state != c.trust {
			t.Errorf("%d: after consent it is %s, want %s", i, m.state, c.trust)
		}
	}
}

// crash takes a machine that is ready through a death and to its next readiness.
func crash(t *testing.T, m machine, at time.Time, kind fall) machine {
	t.Helper()
	m, e := m.step(input{kind: fell, at: at, fall: kind, text: clean.Foreign("exited"), roll: 1})
	if e != endLife {
		t.Fatalf("a death asks for effect %d", e)
	}
	m, _ = m.step(input{kind: gone, at: at})
	return m
}

func again(m machine) machine {
	at := m.retryAt
	m, _ = m.step(input{kind: due, at: at})
	m, _ = m.step(input{kind: linked, at: at})
	return m
}

func TestPausesDoubleUpToTheCap(t *testing.T) {
	t.Parallel()
	m, now := at(Ready, true), noon
	for i, want := range []time.Duration{500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000} {
		m = crash(t, m, now, distant)
		if got := m.retryAt.Sub(now); got != want*time.Millisecond {
			t.Errorf("pause %d is %s", i, got)
		}
		now = m.retryAt
		m = again(m)
	}
	now = now.Add(goodTime)
	if m = crash(t, m, now, passing); m.retryAt.Sub(now) != defaultBackoff {
		t.Errorf("after five good minutes the pause is %s", m.retryAt.Sub(now))
	}
}

func TestGivesUpAfterFiveExits(t *testing.T) {
	t.Parallel()
	m, now := at(Ready, true), noon
	for i := 1; i <= maxExits; i++ {
		m = crash(t, m, now, passing)
		if (m.state == Failed) != (i == maxExits) {
			t.Fatalf("after %d exits it is %s", i, m.state)
		}
		if m.state == Backoff {
			now, m = m.retryAt, again(m)
		}
	}
	if want := "exited; it ended 5 times within 3 minutes"; !strings.HasPrefix(m.reason.Raw(), want) {
		t.Errorf("the reason is %q", m.reason.Raw())
	}
	m, e := m.step(input{kind: restarted, at: now})
	if e != startLife {
		t.Fatalf("a restart by hand has effect %d", e)
	}
	if m = crash(t, m, now, passing); m.state != Backoff || m.retryAt.Sub(now) != defaultBackoff {
		t.Errorf("the person's restart is not a fresh start: %s, pause %s", m.state, m.retryAt.Sub(now))
	}
}

func TestExitsFarApartAreForgiven(t *testing.T) {
	t.Parallel()
	m, now := at(Ready, true), noon
	for range 20 {
		now = now.Add(exitWindow / (maxExits - 1))
		m = crash(t, m, now, passing)
		if m.state != Backoff {
			t.Fatalf("it is %s", m.state)
		}
		m = again(m)
	}
}

func TestWhatAPersonMustMendIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for kind, want := range map[fall]State{lasting: Failed, personal: NeedsYou, passing: Backoff, distant: Backoff} {
		m, _ := at(Starting, true).step(input{kind: fell, fall: kind, at: noon, text: clean.Foreign("why")})
		if m.state != want || m.reason.Raw() != "why" {
			t.Errorf("fall %d leads to %s (%s)", kind, m.state, m.reason.Raw())
		}
	}
}

// probes plays misses (-) and answers (+) to a ready server and tells the states.
func probes(script string) string {
	m := at(Ready, true)
	var states []string
	for _, c := range script {
		kind := answered
		if c == '-' {
			kind = missed
		}
		m, _ = m.step(input{kind: kind, at: noon, text: clean.Foreign("silent")})
		states = append(states, fmt.Sprintf("%.1s", m.state))
	}
	return strings.Join(states, "")
}

func TestHysteresisOfProbes(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		"------":      "rrdddb", // three misses degrade, six restart
		"--+--+--+":   "rrrrrrrrr",
		"---++":       "rrddr", // two good answers clear it
		"---+-++":     "rrddddr",
		"---+-+-+-":   "rrddddddb", // one good answer between does not
		"---++--+---": "rrddrrrrrrd",
	} {
		if got := probes(script); got != want {
			t.Errorf("%s gives %s, want %s", script, got, want)
		}
	}
}

func TestTheFirstComplaintIsTold(t *testing.T) {
	t.Parallel()
	m := at(Ready, true)
	complain := func(c cause, text string) {
		m, _ = m.step(input{kind: complained, cause: c, text: clean.Foreign(text)})
	}
	m, _ = m.step(input{kind: remarked, text: clean.Foreign("1 tool was left out")})
	if m.state != Ready || m.reason.Raw() != "1 tool was left out" {
		t.Errorf("a remark makes it %s (%s)", m.state, m.reason.Raw())
	}
	complain(failing, "calls fail")
	complain(away, "nobody there")
	if m.state != Degraded || m.reason.Raw() != "nobody there" {
		t.Errorf("it is %s (%s)", m.state, m.reason.Raw())
	}
	complain(away, "")
	if m.state != Degraded || m.reason.Raw() != "calls fail" {
		t.Errorf("it is %s (%s)", m.state, m.reason.Raw())
	}
	complain(failing, "")
	if m.state != Ready || m.reason.Raw() != "1 tool was left out" {
		t.Errorf("it is %s (%s)", m.state, m.reason.Raw())
	}
}

// Whatever happens in whatever order: a life is never started while there is one
// or without consent, every end of one is followed up, and the machine waits for
// something whenever the person wants the server to run.
func TestMachineProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := machine{rules: plain}
		if rapid.Bool().Draw(t, "untrusted") {
			m.rules.untrusted = clean.Foreign("why")
		}
		now, lives, ending, armed := noon, 0, false, false
		for range rapid.IntRange(1, 80).Draw(t, "inputs") {
			in := input{
				kind: rapid.SampledFrom(allInputs).Draw(t, "input"), at: now, text: clean.Foreign("text"),
				fall: fall(rapid.IntRange(0, 3).Draw(t, "fall")), cause: cause(rapid.IntRange(0, int(causes)-1).Draw(t, "cause")),
				roll: rapid.Float64Range(0, 0.999).Draw(t, "roll"),
			}
			switch { // what the owner would never tell
			case in.kind == gone && !ending, in.kind == due && !armed, in.kind == began && m.state != "":
				continue
			case (in.kind == fell || in.kind == linked) && (lives == 0 || ending):
				continue
			case in.kind == gone:
				lives, ending = lives-1, false
			}
			before := m
			var e effect
			m, e = m.step(in)
			armed = armed && m.state == Backoff
			switch e {
			case startLife:
				lives++
				if !m.rules.untrusted.Empty() && !m.trusted {
					t.Fatalf("started without consent by %s in %s", in.kind, before.state)
				}
			case endLife:
				ending = true
			case armRetry:
				armed = true
				if pause := m.retryAt.Sub(now); pause > defaultMaxPause {
					t.Fatalf("a pause of %s", pause)
				}
			case nothing:
			}
			check(t, m, lives, ending, armed)
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(10*time.Minute)).Draw(t, "wait")))
		}
	})
}

func check(t *rapid.T, m machine, lives int, ending, armed bool) {
	switch {
	case lives > 1 || lives == 1 != m.up:
		t.Fatalf("%d lives in %s, up %v", lives, m.state, m.up)
	case m.runs() && (lives != 1 || ending):
		t.Fatalf("%s without a life", m.state)
	case m.state == Stopping && !ending:
		t.Fatal("stopping and nothing ends")
	case m.state == Backoff && !armed && !ending:
		t.Fatal("in backoff for ever")
	case m.state == Degraded && m.reason.Empty():
		t.Fatal("degraded without a reason")
	case (m.state == Backoff) != !m.retryAt.IsZero():
		t.Fatalf("in %s the next start is at %s", m.state, m.retryAt)
	}
}
