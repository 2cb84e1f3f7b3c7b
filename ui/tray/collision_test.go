package tray_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// typed presses a key a letter.
func (p *person) typed(text string) {
	for _, r := range text {
		p.press(string(r))
	}
}

// clear empties the field that is typed into.
func (p *person) clear() {
	p.wait(time.Second)
	p.tray.Press(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}, p.now)
	p.look()
}

func TestNamesOfOnesOwn(t *testing.T) {
	t.Parallel()
	p := newPerson(t, collision("", "files", "notes"))
	p.press("n")
	if s := p.look(); !strings.Contains(s, "search_files") || !strings.Contains(s, "search_notes") || !strings.Contains(s, "✓ free") {
		t.Fatalf("no names are suggested:\n%s", s)
	}
	p.clear()
	p.typed("taken")
	if s := p.look(); !strings.Contains(s, "✗ the name taken is taken by web/taken") {
		t.Errorf("a taken name is not told:\n%s", s)
	}
	if out := p.press("enter"); out.Op != nil {
		t.Fatalf("a taken name was answered: %+v", out)
	}
	p.clear()
	p.typed("search_notes")
	if s := p.look(); !strings.Contains(s, "cannot both be called search_notes") {
		t.Errorf("one name for two is not told:\n%s", s)
	}
	if out := p.press("enter"); out.Op != nil {
		t.Fatalf("one name for two was answered: %+v", out)
	}
	p.clear()
	p.press("tab")
	p.clear()
	p.tray.Paste("my memo", p.now)
	want := host.Name{Aliases: map[string]string{"notes": "my_memo"}, Scope: host.Session}
	out := p.press("enter")
	if a, ok := out.Op.(host.AnswerQuestion); !ok || !reflect.DeepEqual(a.Answer, want) {
		t.Errorf("got %+v, want %+v", out, want)
	}
}

// Keys that come too fast, or before the question has been seen, settle nothing.
func TestACollisionTakesDeliberateKeysAlone(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"1", "k", "e", "m", "p", "h", "n", "s"} {
		p := newPerson(t)
		p.tray.Ask(1, collision("", "files", "notes"), p.now, p.now)
		p.tray.Focus(p.now)
		p.look()
		if out := p.tray.Press(keyPress(key), p.now); out.Op != nil {
			t.Errorf("%s in the burst of the chord gave %+v", key, out.Op)
		}
		p.wait(100 * time.Millisecond)
		if out := p.tray.Press(keyPress(key), p.now); out.Op != nil || !strings.Contains(out.Note, "again") {
			t.Errorf("%s on a question that has just come up gave %+v", key, out)
		}
	}
}

// An option that a panel offers waits for the panel to have been seen as well.
func TestHidingOneIsNotAnsweredByTheKeyThatOpensIt(t *testing.T) {
	t.Parallel()
	p := newPerson(t, collision("", "files", "notes"))
	p.press("h")
	p.wait(100 * time.Millisecond)
	if out := p.tray.Press(keyPress("1"), p.now); out.Op != nil {
		t.Errorf("got %+v", out.Op)
	}
}

func TestAskedAgain(t *testing.T) {
	t.Parallel()
	q := collision("", "files", "notes")
	then, now := q.Candidates[1].Tool, q.Candidates[1].Tool
	then.Description = clean.Foreign("Searches your notes.\u202e")
	q.Before = catalog.Server("notes")
	q.Changes = []host.CandidateChange{{
		Shift: catalog.Shift{Kind: catalog.Redefined, Server: "notes"}, Diff: catalog.Diff(then, now),
	}}
	p := newPerson(t, q)
	p.h = 40
	s := p.look()
	for _, want := range []string{"asked again", "server:notes", "notes defines it in another way", "[-your notes."} {
		if !strings.Contains(s, want) {
			t.Errorf("the card lacks %q:\n%s", want, s)
		}
	}
	if strings.Contains(s, "\u202e") {
		t.Error("a hidden character reached the screen")
	}
}

// differing is a collision of tools that differ in all that can.
func differing() host.Collision {
	q := collision("", "files", "notes")
	q.Candidates[0].Tool = catalog.Tool{
		ID:          catalog.ID{Server: "files", Tool: "search"},
		Description: clean.Foreign("Find text in the files of the folder, in their lines and in their names."),
		Schema:      json.RawMessage(`{"type":"object","properties":{"query":{"type":"string","description":"The text to find."},"path":{"type":"string","description":"The folder to search."}},"required":["query"]}`),
		Hints:       catalog.Hints{ReadOnly: true},
	}
	q.Candidates[1].Tool = catalog.Tool{
		ID:          catalog.ID{Server: "notes", Tool: "search"},
		Description: clean.Foreign("Find notes whose title and text contain all the words, newest first."),
		Schema:      json.RawMessage(`{"type":"object","properties":{"query":{"type":"string","description":"Words to find, or the id of a note."}},"required":["query"]}`),
		Hints:       catalog.DefaultHints(),
	}
	q.Candidates[0].P50, q.Candidates[0].Calls = 3*time.Millisecond, 12
	q.Candidates[1].P50, q.Candidates[1].Calls, q.Candidates[1].Failed = 40*time.Millisecond, 8, 2
	q.Candidates[1].State = host.ServerDegraded
	q.Comparison = catalog.Compare([]catalog.Tool{q.Candidates[0].Tool, q.Candidates[1].Tool})
	q.SameEndpoint, q.Holder = true, "files"
	return q
}

func TestPicturesOfACollision(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{86, 30}, {80, 24}, {50, 20}} {
		for name, keys := range map[string]string{"card": "", "names": "n", "hide": "h"} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				p := newPerson(t, differing())
				p.w, p.h = size[0], size[1]
				for key := range strings.FieldsSeq(keys) {
					p.press(key)
				}
				s := p.look()
				for l := range strings.SplitSeq(s, "\n") {
					if w := ansi.StringWidth(l); w > size[0] {
						t.Errorf("a line takes %d cells", w)
					}
				}
				golden.RequireEqual(t, []byte(s+"\n"))
			})
		}
	}
}
