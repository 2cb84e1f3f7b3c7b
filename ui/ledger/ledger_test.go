package ledger_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/ledger"
	"switchboard/ui/sheet"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.Local)

// told is one entry of each kind, a void one and one with hostile words.
func told() host.GrantsListed {
	return host.GrantsListed{Mode: host.ModeAuto, Entries: []host.Grant{
		{ID: "session.1", Kind: host.GrantRule, Text: clean.Foreign("allow github/get_issue(owner=acme, repo=*)"), Origin: clean.Foreign("answered in this session"), Created: now.Add(-time.Hour), Uses: 3, LastUsed: now.Add(-time.Minute)},
		{ID: "a1", Kind: host.GrantRule, Text: clean.Foreign("deny github/delete_repo"), Origin: clean.Foreign("answered in the tray"), Created: now.Add(-50 * time.Hour), Expires: now.Add(3000 * time.Hour)},
		{ID: "b2", Kind: host.GrantRule, Text: clean.Foreign("allow github/search"), Origin: clean.Foreign("answered in the tray"), Created: now.Add(-900 * time.Hour), Uses: 1200, Void: "the tool's definition has changed since"},
		{ID: "c3", Kind: host.GrantCollision, Text: clean.Foreign("search of files, notes: server:notes"), Origin: clean.Foreign("decided by you"), Created: now.Add(-51 * time.Hour)},
		{ID: "d4", Kind: host.GrantServer, Text: clean.Foreign("evil\x1b[2J\u202e is new (command /bin/日本語)"), Origin: clean.Foreign("first started"), Created: now.Add(-52 * time.Hour)},
		{Kind: host.GrantRule, Text: clean.Foreign("deny */delete_*"), Origin: clean.Foreign("config.json:4:12"), Uses: 1, LastUsed: now.Add(-time.Minute)},
	}}
}

func opened(t *testing.T, listed host.GrantsListed) *ledger.Ledger {
	t.Helper()
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(th)
	if a := l.Open(""); a.Op != (host.ListGrants{On: true}) {
		t.Fatalf("opening does %+v", a)
	}
	l.Apply(listed)
	l.View(80, 24, now)
	return l
}

// press presses keys, letters one by one, and gives what the last one does.
func press(l *ledger.Ledger, keys string) (last sheet.Action) {
	for name := range strings.FieldsSeq(keys) {
		k := tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
		switch name {
		case "down":
			k = tea.KeyPressMsg{Code: tea.KeyDown}
		case "end":
			k = tea.KeyPressMsg{Code: tea.KeyEnd}
		case "enter":
			k = tea.KeyPressMsg{Code: tea.KeyEnter}
		case "esc":
			k = tea.KeyPressMsg{Code: tea.KeyEscape}
		}
		last = l.Press(k)
	}
	return last
}

func TestView(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 36}, {80, 24}, {50, 20}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			l := opened(t, told())
			press(l, "down down")
			lines := l.View(size[0], size[1], now)
			if len(lines) != size[1] {
				t.Errorf("%d rows", len(lines))
			}
			for _, line := range lines {
				if w := ansi.StringWidth(line); w > size[0] {
					t.Errorf("%d cells: %s", w, line)
				}
			}
			picture := ansi.Strip(strings.Join(lines, "\n"))
			if strings.ContainsAny(picture, "\x1b\u202e") {
				t.Error("foreign text is not cleaned")
			}
			golden.RequireEqual(t, []byte(picture))
		})
	}
}

func TestTakingBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, keys string
		want       host.Op
		note       string
	}{
		{"one key alone takes nothing back", "d", nil, ""},
		{"asked twice", "d d", host.Revoke{ID: "session.1"}, ""},
		{"another row in between", "d down d", nil, ""},
		{"taken back is the chosen one", "down d d", host.Revoke{ID: "a1"}, ""},
		{"thought better of", "d esc d", nil, ""},
		{"a choice between servers", "down down down d d", host.ForgetChoice{ID: "c3"}, ""},
		{"what stands in a file", "end d", nil, "config.json:4:12"},
		{"a filter first", "/ d e l e t e enter d d", host.Revoke{ID: "a1"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := press(opened(t, told()), c.keys)
			if !reflect.DeepEqual(a.Op, c.want) || !strings.Contains(a.Note, c.note) {
				t.Errorf("it does %+v", a)
			}
		})
	}
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	l := opened(t, told())
	if a := press(l, "/ x enter esc"); a.Leave {
		t.Error("the filter was to go first")
	}
	if a := press(l, "esc"); !a.Leave {
		t.Error("it stays")
	}
	if op := l.Close(); op != (host.ListGrants{}) {
		t.Errorf("closing does %+v", op)
	}
}

func TestNothingThere(t *testing.T) {
	t.Parallel()
	l := opened(t, host.GrantsListed{Mode: host.ModeAsk})
	if picture := strings.Join(l.View(80, 24, now), "\n"); !strings.Contains(picture, "every call asks") {
		t.Errorf("it shows\n%s", picture)
	}
	if a := press(l, "d d down"); a.Op != nil {
		t.Errorf("it does %+v", a)
	}
}
