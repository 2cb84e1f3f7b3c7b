package grants_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/grants"
)

func consent(content string) grants.Consent {
	return grants.Consent{Folder: "/clone", Server: "db", Content: content, Launch: []string{"runs npx", "argument \x1b[2J"}}
}

// A consent holds in its folder, for its server and as long as the entry says the
// same; a newer one takes its place.
func TestAConsentHoldsForWhatWasShown(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	agree := func(content string, at int) {
		t.Helper()
		err := open(t, path).Update(t.Context(), func(d *grants.Data) error {
			d.Consent(consent(content), "answered in the tray", day(at))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	agree("sha256:1", 0)
	for _, c := range []struct {
		folder, server, content string
		want                    bool
	}{
		{"/clone", "db", "sha256:1", true},
		{"/clone", "db", "sha256:2", false},
		{"/clone", "db", "", false},
		{"/clone", "web", "sha256:1", false},
		{"/clone2", "db", "sha256:1", false},
		{"/clone/", "db", "sha256:1", false},
	} {
		if got := open(t, path).Snapshot().Consented(c.folder, c.server, c.content); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
	agree("sha256:2", 1)
	d := open(t, path).Snapshot()
	if d.Consented("/clone", "db", "sha256:1") || !d.Consented("/clone", "db", "sha256:2") || len(d.Consents) != 1 {
		t.Errorf("after a change: %+v", d.Consents)
	}
}

func TestAConsentStandsInTheLedgerAndCanBeRevoked(t *testing.T) {
	t.Parallel()
	d := &grants.Data{}
	id := d.Consent(consent("sha256:1"), "answered in the tray", day(0))
	list := d.List()
	if len(list) != 1 || list[0].ID != id || list[0].Kind != grants.ConsentEntry || list[0].Origin != "answered in the tray" || !list[0].Created.Equal(day(0)) {
		t.Fatalf("%+v", list)
	}
	if text := list[0].Text.Line(); !strings.Contains(text, "db of the project in /clone") || !strings.Contains(text, "runs npx") || strings.Contains(text, "\x1b") {
		t.Errorf("it reads %q", text)
	}
	if !d.Revoke(id) || d.Consented("/clone", "db", "sha256:1") || d.Revoke(id) {
		t.Error("it cannot be revoked, once")
	}
}

func TestAConsentKeepsWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	text := `{"version": 9, "consents": [{"id": "1", "folder": "/clone", "server": "db", "content": "sha256:1", "mood": "good"}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if err := s.Update(t.Context(), func(d *grants.Data) error { d.Consent(grants.Consent{Folder: "/x"}, "o", day(0)); return nil }); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err := errors.Join(err, json.Unmarshal(raw, new(any))); err != nil || !strings.Contains(string(raw), `"mood": "good"`) {
		t.Errorf("%v: %s", err, raw)
	}
}
