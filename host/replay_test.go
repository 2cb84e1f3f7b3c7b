package host_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host"
	"switchboard/host/journal"
)

// taped writes a session whose records are so far apart.
func taped(t *testing.T, gap time.Duration) (journal.Store, string) {
	t.Helper()
	store := journal.Store{Dir: t.TempDir()}
	w, unlock, err := store.Create("one")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	at := time.Now()
	for i, r := range []journal.Record{
		{Type: journal.KindTurn, Data: []byte(`{"turn":1,"prompt":"first"}`)},
		{Type: journal.KindText, Data: []byte(`{"turn":1,"text":"one"}`)},
		{Type: "of a newer version", Data: []byte(`{"what":1}`)},
		{Type: journal.KindEnd, Data: []byte(`{"turn":1,"finish":"done"}`)},
		{Type: journal.KindTurn, Data: []byte(`{"turn":2,"prompt":"second"}`)},
		{Type: journal.KindEnd, Data: []byte(`{"turn":2,"finish":"done"}`)},
	} {
		r.Time = at.Add(time.Duration(i) * gap)
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return store, "one"
}

// played waits for the event of a replay after which f says that it is enough.
func played(t *testing.T, r *host.Replay, f func(host.Event) bool) time.Duration {
	t.Helper()
	began := time.Now()
	for batch := range r.Events() {
		if slices.ContainsFunc(batch, f) {
			return time.Since(began)
		}
	}
	t.Fatal("the replay ended")
	return 0
}

func over(e host.Event) bool { s, ok := e.(host.ReplayStood); return ok && s.Over }

func TestAReplayKeepsTheTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		gap  time.Duration
		ops  []host.Op
		want time.Duration
	}{
		{"as it was", 2 * time.Second, nil, 9 * time.Second},
		{"twice as fast", 2 * time.Second, []host.Op{host.ControlReplay{Speed: 2}}, 4500 * time.Millisecond},
		{"without the night", time.Hour, nil, 12 * time.Second},
		{"by prompts", time.Hour, []host.Op{host.ControlReplay{Skip: true}, host.ControlReplay{Skip: true}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store, id := taped(t, c.gap)
				r, err := host.NewReplay(t.Context(), store, id)
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
				for _, op := range c.ops {
					r.Do(op)
				}
				r.Do(host.Begin{})
				if got := played(t, r, over); got != c.want {
					t.Errorf("it took %s", got)
				}
			})
		})
	}
}

func TestAReplayPauses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store, id := taped(t, time.Second)
		r, err := host.NewReplay(t.Context(), store, id)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		r.Do(host.Begin{})
		played(t, r, func(e host.Event) bool { _, ok := e.(host.Text); return ok })
		r.Do(host.ControlReplay{Pause: true})
		played(t, r, func(e host.Event) bool { s, ok := e.(host.ReplayStood); return ok && s.Paused })
		select {
		case batch := <-r.Events():
			t.Errorf("told %v in a pause", batch)
		case <-time.After(time.Hour):
		}
		r.Do(host.ControlReplay{Pause: true})
		played(t, r, over)
	})
}
