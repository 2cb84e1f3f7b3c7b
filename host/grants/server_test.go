package grants_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
	"switchboard/host/policy"
)

// AT-02: of a definition that changed the accepted one is known, until the person
// accepts the new one; then a change back is a change too.
func TestAT02AChangeIsSeenAndShown(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	old, now := aTool("reads a file"), aTool("reads a file and mails it")
	if err := open(t, path).Accept(t.Context(), "i", "s", day(0), grants.OfTool(old)); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if c := s.Check("i", grants.OfTool(old)); c.State != grants.Unchanged {
		t.Errorf("the same definition: %+v", c)
	}
	c := s.Check("i", grants.OfTool(now))
	if was, ok := c.Old.Tool("s"); c.State != grants.Changed || !ok || !reflect.DeepEqual(was, old) {
		t.Errorf("another definition: %s, %+v", c.State, was)
	}
	if err := s.Accept(t.Context(), "i", "s", day(1), grants.OfTool(now)); err != nil {
		t.Fatal(err)
	}
	if c := s.Check("i", grants.OfTool(now)); c.State != grants.Unchanged {
		t.Errorf("after it was accepted: %+v", c)
	}
	if c := s.Check("i", grants.OfTool(old)); c.State != grants.Changed || c.Old.Hash != now.Hash() {
		t.Errorf("changed back: %+v", c)
	}
	for _, elsewhere := range []grants.Definition{grants.OfInstructions(""), {Subject: "tool/other"}} {
		if c := s.Check("i", elsewhere); c.State != grants.New {
			t.Errorf("%s: %+v", elsewhere.Subject, c)
		}
	}
	if c := s.Check("another", grants.OfTool(now)); c.State != grants.New {
		t.Errorf("of another server: %+v", c)
	}
}

func TestInstructionsAndPromptsArePinned(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "grants.json"))
	prompt := catalog.Prompt{Server: "s", Name: "p", Description: clean.Foreign("d")}
	if err := s.Accept(t.Context(), "i", "s", day(0), grants.OfInstructions("be kind"), grants.OfPrompt(prompt)); err != nil {
		t.Fatal(err)
	}
	c := s.Check("i", grants.OfInstructions("be cruel"))
	if text, ok := c.Old.Text(); c.State != grants.Changed || !ok || text.Raw() != "be kind" {
		t.Errorf("%+v", c)
	}
	if c := s.Check("i", grants.OfPrompt(prompt)); c.State != grants.Unchanged {
		t.Errorf("%+v", c)
	}
	prompt.Arguments = []catalog.PromptArgument{{Name: "more"}}
	if c := s.Check("i", grants.OfPrompt(prompt)); c.State != grants.Changed || len(c.Old.Body) == 0 {
		t.Errorf("%+v", c)
	}
}

func TestALargeDefinitionIsKnownByItsHashAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	s := open(t, path)
	if err := s.Accept(t.Context(), "i", "s", day(0), grants.OfTool(aTool(strings.Repeat("x", 100_000)))); err != nil {
		t.Fatal(err)
	}
	c := s.Check("i", grants.OfTool(aTool("short")))
	if _, ok := c.Old.Tool("s"); c.State != grants.Changed || ok {
		t.Errorf("%s, kept %v", c.State, ok)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 2000 {
		t.Errorf("%v, %v", info, err)
	}
}

// AT-04: a server of a known name that is started or reached in another way is
// changed, and the way it was is known.
func TestAT04AnotherLaunchIsSeen(t *testing.T) {
	t.Parallel()
	d := &grants.Data{}
	first := grants.Server{Identity: "i1", Name: "github", Launch: []string{"command: npx a"}}
	if state, _ := d.CheckServer("github", "i1"); state != grants.New {
		t.Errorf("never seen: %s", state)
	}
	d.SetTrust(first, policy.Trusted, "test", day(0))
	if state, s := d.CheckServer("renamed", "i1"); state != grants.Unchanged || s.Trust != policy.Trusted {
		t.Errorf("renamed: %s, %+v", state, s)
	}
	state, before := d.CheckServer("github", "i2")
	if state != grants.Changed || !reflect.DeepEqual(before.Launch, first.Launch) || d.Trust("i2") != policy.Fresh {
		t.Errorf("another launch: %s, %+v", state, before)
	}
}

func TestTrust(t *testing.T) {
	t.Parallel()
	d := &grants.Data{}
	s := grants.Server{Identity: "i", Name: "s"}
	for i, trust := range []policy.Trust{policy.Known, policy.Trusted, policy.Refused, policy.Fresh} {
		d.SetTrust(s, trust, "test", day(i))
		if got := d.Trust("i"); got != trust {
			t.Errorf("%q became %q", trust, got)
		}
		if len(d.Servers) != 1 || !d.Servers[0].Created.Equal(day(i)) {
			t.Errorf("%+v", d.Servers)
		}
	}
}

func TestOldServersOfANameAreForgotten(t *testing.T) {
	t.Parallel()
	d := &grants.Data{}
	d.SetTrust(grants.Server{Identity: "bad", Name: "s"}, policy.Refused, "test", day(-9))
	for i := range 20 {
		d.SetTrust(grants.Server{Identity: fmt.Sprint(i), Name: "s"}, policy.Known, "test", day(i))
	}
	if d.Trust("bad") != policy.Refused || d.Trust("19") != policy.Known || d.Trust("0") != policy.Fresh || len(d.Servers) > 8 {
		t.Errorf("%d servers are left", len(d.Servers))
	}
}

func TestPinsAreBounded(t *testing.T) {
	t.Parallel()
	d := &grants.Data{}
	for i := range 1100 {
		d.Accept("i", "s", day(0).Add(time.Duration(i)), grants.Definition{Subject: fmt.Sprintf("tool/%04d", i), Hash: "h"})
	}
	if n := len(d.Servers[0].Seen); n != 1024 {
		t.Errorf("%d pins", n)
	}
	if state, _ := d.Check("i", grants.Definition{Subject: "tool/1099", Hash: "h"}); state != grants.Unchanged {
		t.Errorf("the newest is %s", state)
	}
}

func TestUnwantedDefinitionsAreSwept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	s, shelf := open(t, path), filepath.Join(filepath.Dir(path), "definitions")
	for i, tool := range []catalog.Tool{aTool("first"), aTool("second")} {
		if err := s.Accept(t.Context(), "i", "s", day(i), grants.OfTool(tool)); err != nil {
			t.Fatal(err)
		}
	}
	mine := filepath.Join(shelf, "notes.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := len(files(t, shelf)); n != 3 {
		t.Fatalf("%d files", n)
	}
	open(t, path)
	if n := len(files(t, shelf)); n != 3 {
		t.Errorf("a young definition was swept: %d files", n)
	}
	long := time.Now().Add(-48 * time.Hour)
	for _, f := range files(t, shelf) {
		if err := os.Chtimes(f, long, long); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, path)
	if left := files(t, shelf); len(left) != 2 {
		t.Errorf("left: %v", left)
	}
	if c := s.Check("i", grants.OfTool(aTool("third"))); len(c.Old.Body) == 0 {
		t.Error("the accepted definition was swept")
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestHashesFromTheFileNameNoFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	secret := filepath.Join(filepath.Dir(path), "secret.json")
	if err := os.WriteFile(secret, []byte(`"secret"`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if err := s.Accept(t.Context(), "i", "s", day(0), grants.Definition{Subject: "x", Hash: "../secret", Body: json.RawMessage(`1`)}); err != nil {
		t.Fatal(err)
	}
	if c := s.Check("i", grants.Definition{Subject: "x", Hash: "h"}); c.State != grants.Changed || c.Old.Body != nil {
		t.Errorf("%+v", c)
	}
}
