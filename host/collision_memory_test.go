package host_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/llm/llmtest"
)

// chooseForAlways has a first session give search to notes, for always.
func chooseForAlways(t *testing.T, path string, servers []config.Server) *grants.Store {
	t.Helper()
	store := openGrants(t, path)
	s := begin(t, llmtest.New(), servers, withGrants(store))
	id, q := s.collision()
	if !q.Offers(host.Always) {
		t.Fatalf("nothing can be remembered: %v", q.Scopes)
	}
	s.answer(id, host.Choose{Server: "notes", Scope: host.Always})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 })
	s.host.Close()
	return store
}

func TestARememberedChoiceOutlivesRenamingReorderingAndRestart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	servers := searchers(t)
	chooseForAlways(t, path, servers)

	for i := range servers {
		servers[i].Name = "my " + servers[i].Name
	}
	slices.Reverse(servers)
	remember := withGrants(openGrants(t, path))
	m := llmtest.New(llmtest.Call("search", `{"query":"one"}`), llmtest.Say("done"))
	s := begin(t, m, servers, allow("*/*"), remember)
	s.ready("my calculator", "my files", "my notes")
	s.say("go")
	if f := s.finished(); f.Server != "my notes" {
		t.Errorf("the call went to %q: %s", f.Server, f.Text)
	}
	s.over()
	for _, e := range s.events {
		if a, ok := e.(host.Asked); ok {
			if _, clash := a.Question.(host.Collision); clash {
				t.Errorf("it is asked again: %+v", a.ID)
			}
		}
	}
}

func TestAChangedDefinitionAsksAgainAndSaysWhatChanged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	servers := searchers(t)
	store := chooseForAlways(t, path, servers)

	// What the person saw then had another word in it.
	d := store.Snapshot().Decisions()[0]
	old, _ := store.Definition(d.Among[0].Hash).Tool(d.Among[0].Server)
	other := old
	other.Raw, other.Description = nil, clean.Foreign("Formerly: "+old.Description.Raw())
	d.Among = slices.Clone(d.Among)
	d.Among[0].Hash = other.Hash()
	if err := store.Remember(t.Context(), d, []catalog.Tool{other}, "a test", store.Snapshot().Collisions[0].Created); err != nil {
		t.Fatal(err)
	}

	remember := withGrants(openGrants(t, path))
	s := begin(t, llmtest.New(), servers, remember)
	id, q := s.collision()
	for len(q.Changes) == 0 { // as long as one of the two is not there yet, nothing is in doubt
		id, q = s.collision()
	}
	if q.Before != "server:notes" || len(q.Changes) != 1 || q.Changes[0].Server != d.Among[0].Server {
		t.Fatalf("the question is about %q and %+v", q.Before, q.Changes)
	}
	said := ""
	for _, c := range q.Changes[0].Diff {
		said += c.String() + "\n"
	}
	if !strings.Contains(said, "description changed") || !strings.Contains(said, "Formerly:") {
		t.Errorf("the difference is %q", said)
	}
	s.answer(id, host.Choose{Server: "files", Scope: host.Always})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 })
}

func TestAThirdCandidateAsksAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	servers := searchers(t)
	chooseForAlways(t, path, servers)
	more := builtins(t, "files")[0]
	more.Name, more.Args = "more", []string{"builtin", "files"}
	more.Builtin, more.Dir = false, t.TempDir()
	remember := withGrants(openGrants(t, path))
	s := begin(t, llmtest.New(), append(servers, more), remember)
	_, q := s.collision()
	for !slices.ContainsFunc(q.Changes, func(c host.CandidateChange) bool { return c.Kind == catalog.Joined && c.Server == "more" }) {
		_, q = s.collision()
	}
	if q.Before != "server:notes" {
		t.Errorf("before it was %q", q.Before)
	}
}

func TestForgettingARememberedChoiceAsksAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	servers := searchers(t)
	chooseForAlways(t, path, servers)
	store := openGrants(t, path)
	s := begin(t, llmtest.New(), servers, withGrants(store))
	s.ready("calculator", "files", "notes")
	s.host.Do(host.ListCollisions{On: true})
	listed := next(s, func(e host.CollisionsListed) bool { return len(e.Remembered) == 1 && len(e.Clashes) == 1 })
	if r := listed.Clashes[0].Ruling; r.Strategy != "server:notes" || !strings.Contains(r.By, "for always") || r.Since.IsZero() {
		t.Errorf("it is explained by %+v", r)
	}
	s.host.Do(host.ForgetChoice{ID: listed.Remembered[0].ID})
	if _, q := s.collision(); q.Name != "search" || len(q.Changes) != 0 {
		t.Errorf("the question is %+v", q.Name)
	}
	if left := store.Snapshot().Collisions; len(left) != 0 {
		t.Errorf("remembered are still %+v", left)
	}
}

func TestNamesAndHiddenToolsAreRemembered(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	servers := searchers(t)
	remember := withGrants(openGrants(t, path))
	s := begin(t, llmtest.New(), servers, remember)
	id, _ := s.collision()
	s.answer(id, host.Name{Aliases: map[string]string{"files": "grep"}, Scope: host.Always})
	s.host.Do(host.ListCollisions{On: true})
	next(s, func(e host.CollisionsListed) bool { return len(e.Remembered) == 1 && len(e.Own) == 1 })
	s.host.Do(host.HideTool{Tool: catalog.ID{Server: "notes", Tool: "delete_note"}, Hidden: true, Scope: host.Always})
	next(s, func(e host.CollisionsListed) bool { return len(e.Remembered) == 2 && len(e.Own) == 2 })
	s.host.Close()

	remember = withGrants(openGrants(t, path))
	m := llmtest.New(llmtest.Call("grep", `{"query":"one"}`), llmtest.Say("done"))
	s = begin(t, m, servers, allow("*/*"), remember)
	s.ready("calculator", "files", "notes")
	s.say("go")
	if f := s.finished(); f.Server != "files" || f.Tool != "search" {
		t.Errorf("the call went to %s/%s", f.Server, f.Tool)
	}
	s.over()
	if offered := names(m.Last()); !slices.Contains(offered, "search") || slices.Contains(offered, "delete_note") {
		t.Errorf("the model is offered %v", offered)
	}
	s.host.Do(host.ListCollisions{On: true})
	s.host.Do(host.HideTool{Tool: catalog.ID{Server: "notes", Tool: "delete_note"}, Scope: host.Always})
	s.host.Do(host.NameTool{Tool: catalog.ID{Server: "files", Tool: "search"}, Scope: host.Always})
	next(s, func(e host.CollisionsListed) bool { return len(e.Remembered) == 0 && len(e.Own) == 0 })
}
