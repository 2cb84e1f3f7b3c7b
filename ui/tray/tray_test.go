package tray_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/tray"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	onceOnly := approval(`{}`)
	onceOnly.Scopes = []host.Scope{host.Once}
	tests := []struct {
		name     string
		question host.Question
		keys     string
		want     host.Answer // nil for none
	}{
		{"once", approval(`{}`), "o", yes(host.Once, `{}`)},
		{"session, same arguments", approval(`{}`), "s", yes(host.SessionExact, `{}`)},
		{"session, any arguments", approval(`{}`), "t", yes(host.Session, `{}`)},
		{"always", approval(`{}`), "a a", yes(host.Always, `{}`)},
		{"always, taken back", approval(`{}`), "a esc", nil},
		{"always, enter is no yes", approval(`{}`), "a enter", nil},
		{"nothing wider where it would not be honoured", onceOnly, "s t a a", nil},
		{"once where it is the only way", onceOnly, "o", yes(host.Once, `{}`)},
		{"never in this session", approval(`{}`), "n", host.Deny{Scope: host.Session}},
		{"deny", approval(`{}`), "d", host.Deny{}},
		{"enter alone", approval(`{}`), "enter", nil},
		{"enter and enter", approval(`{}`), "enter enter", nil},
		{"capital letters", approval(`{}`), "O S D", nil},
		{"y is no answer", approval(`{}`), "y 1", nil},
		{"a reason", approval(`{}`), "r n o enter", host.Deny{Reason: "no"}},
		{"a reason taken back", approval(`{}`), "r n o esc", nil},
		{"deny without words", approval(`{}`), "r enter", host.Deny{}},
		{"first server", collision("", "files", "notes"), "1", host.Choose{Server: "files", Scope: host.Session}},
		{"second server", collision("", "files", "notes"), "2", host.Choose{Server: "notes", Scope: host.Session}},
		{"no third server", collision("", "files", "notes"), "3", nil},
		{"keep both", collision("", "files", "notes"), "k", host.Adopt{Strategy: catalog.Namespace, Scope: host.Session}},
		{"ask at every call", collision("", "files", "notes"), "e", host.Adopt{Strategy: catalog.AskEachCall, Scope: host.Session}},
		{"the model picks", collision("", "files", "notes"), "m", host.Adopt{Strategy: catalog.Describe, Scope: host.Session}},
		{"the first in the order", collision("", "files", "notes"), "p", host.Adopt{Strategy: catalog.Priority, Scope: host.Session}},
		{"a server for always", collision("", "files", "notes"), "s 2", host.Choose{Server: "notes", Scope: host.Always}},
		{"for always and back", collision("", "files", "notes"), "s s 2", host.Choose{Server: "notes", Scope: host.Session}},
		{"never one", collision("", "files", "notes"), "h 1", host.Hide{Server: "files", Scope: host.Session}},
		{"never one, for always", collision("", "files", "notes"), "s h 2", host.Hide{Server: "notes", Scope: host.Always}},
		{"never one, taken back", collision("", "files", "notes"), "h esc", nil},
		{"a call's name for this session", wider(collision("c1", "files", "notes")), "s 1", host.Choose{Server: "files", Scope: host.Session}},
		{"a call's name, kept both", wider(collision("c1", "files", "notes")), "k", host.Adopt{Strategy: catalog.Namespace, Scope: host.Session}},
		{"a call alone where more is on offer", wider(collision("c1", "files", "notes")), "1", host.Choose{Server: "files", Scope: host.Once}},
		{"a name cannot be denied", collision("", "files", "notes"), "d", nil},
		{"server for one call", collision("c1", "files", "notes"), "2", host.Choose{Server: "notes", Scope: host.Once}},
		{"no keeping both for one call", collision("c1", "files", "notes"), "k e m p n h s", nil},
		{"deny one call", collision("c1", "files", "notes"), "d", host.Deny{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPerson(t, tt.question)
			var got host.Answer
			for key := range strings.FieldsSeq(tt.keys) {
				if a, ok := p.press(key).Op.(host.AnswerQuestion); ok {
					got = a.Answer
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %#v, want %#v", got, tt.want)
			}
			if left := p.tray.Len(); left != 0 && tt.want != nil {
				t.Errorf("%d questions left after an answer", left)
			}
		})
	}
}

func TestFoldedArgumentsHoldAYesBack(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("line\n", 150) + "rm -rf /\n" + strings.Repeat("line\n", 150)
	arguments, _ := json.Marshal(map[string]string{"content": long})
	p := newPerson(t, approval(string(arguments)))
	if s := p.look(); !strings.Contains(s, "302 lines") || strings.Contains(s, "rm -rf") {
		t.Fatalf("not folded with a count:\n%s", s)
	}
	for _, step := range []struct{ key, note string }{
		{"o", "folded"}, {"enter", ""}, {"o", "more below"}, {"down", ""}, {"s", "more below"}, {"end", ""},
	} {
		out := p.press(step.key)
		if out.Op != nil || !strings.Contains(out.Note, step.note) {
			t.Fatalf("%s: op %v, note %q", step.key, out.Op, out.Note)
		}
	}
	if s := p.look(); strings.Contains(s, "more line") || !strings.Contains(s, "│ line") {
		t.Fatalf("the end is not on the screen:\n%s", s)
	}
	if out := p.press("o"); !reflect.DeepEqual(out.Op, host.AnswerQuestion{ID: 1, Answer: yes(host.Once, string(arguments))}) {
		t.Fatalf("not approved: %+v", out)
	}
}

func TestFoldedArgumentsCanBeDenied(t *testing.T) {
	t.Parallel()
	arguments, _ := json.Marshal(map[string]string{"content": strings.Repeat("x ", 5000)})
	p := newPerson(t, approval(string(arguments)))
	if out := p.press("d"); !reflect.DeepEqual(out.Op, host.AnswerQuestion{ID: 1, Answer: host.Deny{}}) {
		t.Fatalf("not denied: %+v", out)
	}
}

// A small tray shows the arguments bit by bit; a yes has to wait for the last.
func TestSmallTrayWantsScrolling(t *testing.T) {
	t.Parallel()
	p := newPerson(t)
	p.h = 6
	p.tray.Ask(1, approval(`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}`), p.now, p.now)
	p.tray.Focus(p.now)
	p.look()
	if out := p.press("o"); out.Op != nil {
		t.Fatal("approved without having seen everything")
	}
	for range 6 {
		p.press("down")
	}
	if out := p.press("o"); out.Op == nil {
		t.Fatalf("not approved after all was seen: %s\n%s", out.Note, p.look())
	}
}

// After the tray got narrower the same arguments take more rows.
func TestNarrowingHidesAgain(t *testing.T) {
	t.Parallel()
	p := newPerson(t, approval(`{"a":"`+strings.Repeat("long ", 14)+`","b":"`+strings.Repeat("long ", 14)+`"}`))
	p.w, p.h = 24, 8
	p.look()
	if out := p.press("o"); out.Op != nil {
		t.Fatal("approved what has not been seen at this width")
	}
}

func TestOldestStaysInFront(t *testing.T) {
	t.Parallel()
	p := newPerson(t, approval(`{"n":1}`), approval(`{"n":2}`))
	p.tray.Ask(3, approval(`{"n":3}`), p.now, p.now)
	if s := p.look(); !strings.Contains(s, "1 of 3") || !strings.Contains(s, "n: 1") {
		t.Fatalf("the newcomer took over:\n%s", s)
	}
	p.press("tab")
	if s := p.look(); !strings.Contains(s, "2 of 3") || !strings.Contains(s, "n: 2") {
		t.Fatalf("tab did not move on:\n%s", s)
	}
	p.tray.Withdraw(1, p.now)
	if s := p.look(); !strings.Contains(s, "1 of 2") || !strings.Contains(s, "n: 2") {
		t.Fatalf("the question on the screen changed:\n%s", s)
	}
	if out := p.press("o"); !reflect.DeepEqual(out.Op, host.AnswerQuestion{ID: 2, Answer: yes(host.Once, `{"n":2}`)}) || out.Leave {
		t.Fatalf("got %+v", out)
	}
	if out := p.press("d"); !out.Leave {
		t.Fatal("nothing waits, and the focus stays")
	}
}

func TestWhatHoldsUpACallComesFirst(t *testing.T) {
	t.Parallel()
	p := newPerson(t, collision("", "files", "notes"))
	p.tray.Blur()
	p.tray.Ask(2, approval(`{}`), p.now, p.now)
	if id, _ := p.tray.Shown(); id != 2 {
		t.Errorf("question %d is shown; the name can wait, the call cannot", id)
	}
	p.tray.Ask(3, approval(`{}`), p.now, p.now)
	if id, _ := p.tray.Shown(); id != 2 {
		t.Errorf("question %d pushed an older one away", id)
	}
	for _, id := range []host.QuestionID{2, 3} {
		p.tray.Withdraw(id, p.now)
	}
	p.tray.Focus(p.now)
	p.tray.Ask(4, approval(`{}`), p.now, p.now)
	if id, _ := p.tray.Shown(); id != 1 {
		t.Errorf("question %d replaced the one that the person looks at", id)
	}
}

func TestReasonBelongsToItsQuestion(t *testing.T) {
	t.Parallel()
	p := newPerson(t, approval(`{"n":1}`), approval(`{"n":2}`))
	p.press("r")
	p.press("n")
	p.tray.Withdraw(1, p.now)
	p.wait(time.Minute)
	if out := p.press("enter"); out.Op != nil {
		t.Fatalf("denied another question: %+v", out.Op)
	}
}

func TestPastedReasonIsOneLine(t *testing.T) {
	t.Parallel()
	p := newPerson(t, approval(`{}`))
	p.press("r")
	p.wait(time.Second)
	p.tray.Paste("not\r\nin   this\tfolder\r", p.now)
	if out := p.press("enter"); !reflect.DeepEqual(out.Op, host.AnswerQuestion{ID: 1, Answer: host.Deny{Reason: "not in this folder"}}) {
		t.Fatalf("got %+v", out)
	}
}

func TestStopOnlyWhileATurnRuns(t *testing.T) {
	t.Parallel()
	p := newPerson(t, approval(`{}`))
	if out := p.press("x"); out.Op != nil || strings.Contains(p.look(), "stop") {
		t.Fatal("offered to stop a turn that does not run")
	}
	p.tray.SetTurn(true)
	if out := p.press("x"); out.Op != (host.Cancel{}) || !out.Leave {
		t.Fatalf("got %+v", out)
	}
}

func TestUnfocusedTrayTakesNothing(t *testing.T) {
	t.Parallel()
	p := newPerson(t, approval(`{}`))
	p.tray.Blur()
	for _, k := range []string{"o", "s", "d", "r", "x", "1", "k", "enter"} {
		if out := p.press(k); !reflect.DeepEqual(out, tray.Outcome{}) {
			t.Errorf("%s: %+v", k, out)
		}
	}
	if p.tray.Cursor() != nil {
		t.Error("it holds the cursor")
	}
}

// Every row fits the width it was given, at any size, whatever the question says.
func TestRowsFit(t *testing.T) {
	t.Parallel()
	hostile := approval(`{"` + strings.Repeat("k", 300) + `":"\u001b[31m\u202e` + strings.Repeat("界", 90) + `","path":"a\nb"}`)
	hostile.Tool.ID = catalog.ID{Server: strings.Repeat("server", 20), Tool: "t\x1b]0;x\x07"}
	hostile.Tool.Description = clean.Foreign(strings.Repeat("word ", 400) + "\x1b[2J")
	hostile.Says = clean.Foreign("says\nthis\r")
	for _, q := range []host.Question{hostile, collision("c", "files", strings.Repeat("notes", 30)), approval(`not json`), approval(``)} {
		p := newPerson(t, q, q)
		for _, w := range []int{3, 8, 21, 40, 80, 130} {
			for _, h := range []int{0, 1, 2, 4, 9, 40} {
				p.w, p.h = w, h
				p.look()
				rows := p.tray.View(p.now)
				if len(rows) > h {
					t.Fatalf("%d rows in %dx%d", len(rows), w, h)
				}
				for _, r := range rows {
					if ansi.StringWidth(r) > w {
						t.Fatalf("row of %d cells in %dx%d: %q", ansi.StringWidth(r), w, h, r)
					}
				}
			}
		}
	}
}
