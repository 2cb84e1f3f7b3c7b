package grants_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
	"switchboard/host/policy"
)

// day is a moment so many days after a fixed one.
func day(n int) time.Time { return time.Date(2026, 11, 22+n, 12, 0, 0, 0, time.UTC) }

// allow is a pinned allow.
func allow(t testing.TB, text string) policy.Rule {
	t.Helper()
	r, err := policy.ParseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	r.Effect, r.Pin, r.Expires = policy.Allow, policy.Pin{Server: "sha256:s", Tool: "sha256:t"}, day(0).Add(grants.Lifetime)
	return r
}

// grant remembers a rule that is known to be sound.
func grant(t *testing.T, s *grants.Store, r policy.Rule) (id string) {
	t.Helper()
	err := s.Update(t.Context(), func(d *grants.Data) (err error) {
		id, err = d.Grant(r, "answered in the tray", day(0))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestNothingIsThereAtFirst(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "grants.json")
	s := open(t, path)
	if rules, err := s.Snapshot().Policy(); len(rules) > 0 || err != nil || len(s.Snapshot().List()) > 0 {
		t.Errorf("%v, %v", rules, err)
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Error(err)
	}
	if changed, err := s.Refresh(t.Context()); changed || err != nil {
		t.Errorf("refreshed: %v, %v", changed, err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was written for nothing")
	}
}

func TestARememberedRuleIsARule(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	want := allow(t, `github/create_issue(owner=acme, title="a, b")`)
	grant(t, open(t, path), want)
	rules, err := open(t, path).Snapshot().Policy()
	if err != nil || len(rules) != 1 {
		t.Fatalf("%v, %v", rules, err)
	}
	got := rules[0]
	if got.String() != want.String() || got.Effect != want.Effect || got.Pin != want.Pin || !got.Expires.Equal(want.Expires) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got.Source != "answered in the tray on 2026-11-22" {
		t.Errorf("source %q", got.Source)
	}
}

func TestTheSameRuleIsOneEntry(t *testing.T) {
	t.Parallel()
	s := open(t, "")
	r := allow(t, "a/b(c=1)")
	first := grant(t, s, r)
	r.Expires = day(400)
	if second := grant(t, s, r); second != first {
		t.Errorf("ids %s and %s", first, second)
	}
	r.Pin.Tool = "sha256:other"
	if third := grant(t, s, r); third == first {
		t.Error("another pin is the same entry")
	}
	rules := s.Snapshot().Rules
	if len(rules) != 2 || !rules[0].Expires.Equal(day(400)) {
		t.Errorf("%+v", rules)
	}
}

func TestWhatCannotBeGranted(t *testing.T) {
	t.Parallel()
	free, halfway, odd := allow(t, "a/b"), allow(t, "a/b"), allow(t, "a/b")
	free.Pin, halfway.Pin.Tool, odd.Tool = policy.Pin{}, "", "b/c"
	for _, r := range []policy.Rule{free, halfway, odd} {
		if id, err := (&grants.Data{}).Grant(r, "test", day(0)); err == nil {
			t.Errorf("%+v is remembered as %s", r, id)
		}
	}
	free.Effect = policy.Deny
	if _, err := (&grants.Data{}).Grant(free, "test", day(0)); err != nil {
		t.Errorf("a deny needs no pin: %v", err)
	}
}

func TestUsesAreCounted(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	a, b := open(t, path), open(t, path)
	grant(t, a, allow(t, "a/b"))
	if _, err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	rules, _ := a.Snapshot().Policy()
	a.Used(rules[0], day(1))
	a.Used(rules[0], day(3))
	a.Used(allow(t, "no/such"), day(3))
	b.Used(rules[0], day(2))
	for _, s := range []*grants.Store{a, b, a} {
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(a.Snapshot().Rules); n != 1 {
		t.Errorf("%d rules after a use of one that nobody granted", n)
	}
	if g := open(t, path).Snapshot().Rules[0]; g.Uses != 3 || !g.LastUsed.Equal(day(3)) {
		t.Errorf("%d uses, the last on %v", g.Uses, g.LastUsed)
	}
}

func TestAFailedChangeWritesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	for _, s := range []*grants.Store{open(t, path), open(t, "")} {
		grant(t, s, allow(t, "a/b"))
		no := errors.New("no")
		err := s.Update(t.Context(), func(d *grants.Data) error {
			d.Rules = nil
			return no
		})
		if !errors.Is(err, no) || len(s.Snapshot().Rules) != 1 {
			t.Errorf("%v, %+v", err, s.Snapshot().Rules)
		}
	}
	if len(open(t, path).Snapshot().Rules) != 1 {
		t.Error("the file changed")
	}
}

func TestASnapshotDoesNotChange(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", filepath.Join(t.TempDir(), "grants.json")} {
		s := open(t, path)
		id := grant(t, s, allow(t, "a/b"))
		before := s.Snapshot()
		update(t, s, func(d *grants.Data) { d.Revoke(id) })
		if len(before.Rules) != 1 || len(s.Snapshot().Rules) != 0 {
			t.Errorf("before %+v, after %+v", before.Rules, s.Snapshot().Rules)
		}
	}
}

func TestRefreshSeesOtherInstances(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	a, b := open(t, path), open(t, path)
	grant(t, a, allow(t, "a/b"))
	if changed, err := b.Refresh(t.Context()); !changed || err != nil || len(b.Snapshot().Rules) != 1 {
		t.Errorf("%v, %v", changed, err)
	}
	for _, s := range []*grants.Store{a, b, open(t, "")} {
		if changed, err := s.Refresh(t.Context()); changed || err != nil {
			t.Errorf("nothing changed: %v, %v", changed, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if changed, err := b.Refresh(t.Context()); !changed || err != nil || len(b.Snapshot().Rules) != 0 {
		t.Errorf("the file is gone: %v, %v", changed, err)
	}
}

func aTool(description string) catalog.Tool {
	return catalog.Tool{
		ID: catalog.ID{Server: "s", Tool: "t"}, Title: clean.Foreign("T"), Description: clean.Foreign(description),
		Schema: json.RawMessage(`{"type":"object"}`), Hints: catalog.DefaultHints(),
	}
}
