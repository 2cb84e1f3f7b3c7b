package grants_test

import (
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/grants"
	"switchboard/host/policy"
)

// filled is data with one entry of each kind.
func filled(t testing.TB) *grants.Data {
	d := &grants.Data{}
	d.SetTrust(grants.Server{Identity: "i", Name: "git\x1bhub", Launch: []string{"command: npx"}}, policy.Known, "answered in the tray", day(0))
	if _, err := d.Grant(allow(t, "github/get_*"), "answered in the tray", day(1)); err != nil {
		t.Fatal(err)
	}
	d.Remember(decision("search", "server:notes"), "answered in the tray", day(2))
	return d
}

func decision(tool string, choice catalog.Choice) catalog.Decision {
	return catalog.Decision{Tool: tool, Choice: choice, Among: catalog.Candidacy{
		{Server: "files", Identity: "i1", Hash: "h1", Alias: "find"}, {Server: "notes", Identity: "i2", Hash: "h2", Hidden: true},
	}}
}

func TestTheLedger(t *testing.T) {
	t.Parallel()
	d := filled(t)
	want := []struct {
		kind grants.EntryKind
		text string
	}{
		{grants.CollisionEntry, "search of files, notes: server:notes; that of files is called find; that of notes is never offered"},
		{grants.RuleEntry, "allow github/get_*"},
		{grants.ServerEntry, "git␛hub is known (command: npx)"},
	}
	list := d.List()
	if len(list) != len(want) {
		t.Fatalf("%+v", list)
	}
	for i, e := range list {
		if e.Kind != want[i].kind || e.Text.Line() != want[i].text || e.Origin != "answered in the tray" || !e.Created.Equal(day(2-i)) {
			t.Errorf("%+v, want %+v", e, want[i])
		}
	}
	if !list[1].Expires.Equal(day(0).Add(grants.Lifetime)) {
		t.Errorf("it expires %v", list[1].Expires)
	}
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	d := filled(t)
	if d.Revoke("nothing") {
		t.Error("nothing was revoked")
	}
	for left := 3; left > 0; left-- {
		if n := len(d.List()); n != left {
			t.Fatalf("%d entries, want %d", n, left)
		}
		if !d.Revoke(d.List()[0].ID) {
			t.Errorf("an entry of %d was not revoked", left)
		}
	}
	if rules, _ := d.Policy(); len(rules) > 0 || len(d.Decisions()) > 0 || d.Trust("i") != policy.Fresh {
		t.Error("what was revoked holds")
	}
}

func TestADecisionIsRemembered(t *testing.T) {
	t.Parallel()
	s := open(t, "")
	var first, again, third string
	update(t, s, func(d *grants.Data) {
		first = d.Remember(decision("search", "server:notes"), "test", day(0))
		again = d.Remember(decision("search", catalog.Namespace), "test", day(1))
		more := decision("search", catalog.Ask)
		more.Among = append(more.Among, catalog.Contender{Server: "web", Identity: "i3", Hash: "h3"})
		third = d.Remember(more, "test", day(2))
	})
	if first != again || first == third {
		t.Errorf("ids %s, %s, %s", first, again, third)
	}
	got := s.Snapshot().Decisions()
	if len(got) != 2 || got[0].Choice != catalog.Namespace || got[1].Among[2].Server != "web" || got[0].Among[0].Alias != "find" {
		t.Errorf("%+v", got)
	}
}

// FuzzOpen holds that whatever stands in the file, reading it, listing it and
// writing it again neither fails badly nor lets anything through unpinned.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{
		"{}", `{"rules":[{"effect":"allow","rule":"*/*"}]}`, `{"rules":[{"effect":"allow","rule":"*/*","server":"s","tool":"t"}]}`,
		`{"collisions":[{"decision":{}}],"servers":[{"seen":[{}]}]}`, `{"Rules":[],"rules":null}`, `{"collisions":[{"decision":null}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var d grants.Data
		if d.UnmarshalJSON(raw) != nil {
			return
		}
		rules, _ := d.Policy()
		for _, r := range rules {
			if r.Effect == policy.Allow && (r.Pin.Server == "" || r.Pin.Tool == "") {
				t.Errorf("%s holds for anything", r)
			}
		}
		for _, e := range d.List() {
			if strings.ContainsAny(e.Text.Line(), "\x1b\n") {
				t.Errorf("%q", e.Text.Line())
			}
		}
		written, err := d.MarshalJSON()
		if err != nil {
			t.Fatalf("%q cannot be written again: %v", raw, err)
		}
		var again grants.Data
		if err := again.UnmarshalJSON(written); err != nil || len(again.List()) != len(d.List()) {
			t.Errorf("%q became %q: %v", raw, written, err)
		}
	})
}
