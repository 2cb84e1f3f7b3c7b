package host

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host/catalog"
)

func candidatesOf(servers ...string) []Candidate {
	var all []Candidate
	for _, s := range servers {
		all = append(all, Candidate{Tool: catalog.Tool{ID: catalog.ID{Server: s, Tool: "search"}}})
	}
	return all
}

func TestDeskTakesOnlyAnAnswerThatFits(t *testing.T) {
	t.Parallel()
	clash := Collision{Name: "search", Candidates: candidatesOf("files", "notes")}
	one := clash
	one.Call = "1.1"
	for _, c := range []struct {
		name     string
		question Question
		answer   Answer
		taken    bool
	}{
		{"once", Approval{Scopes: []Scope{Once}}, Approve{Scope: Once}, true},
		{"session", Approval{Scopes: []Scope{Once, Session}}, Approve{Scope: Session}, true},
		{"session where only once is good", Approval{Scopes: []Scope{Once}}, Approve{Scope: Session}, false},
		{"an unknown scope", Approval{Scopes: []Scope{Once}}, Approve{Scope: "for ever"}, false},
		{"other arguments than were shown", Approval{Scopes: []Scope{Once}, Hash: HashArguments(nil)}, Approve{Scope: Once, Hash: HashArguments(json.RawMessage(`{}`))}, false},
		{"the arguments that were shown", Approval{Scopes: []Scope{Once}, Hash: HashArguments(nil)}, Approve{Scope: Once, Hash: HashArguments(nil)}, true},
		{"a denial that lasts longer than can be", Approval{}, Deny{Scope: Always}, false},
		{"the whole result", ResultReview{}, Release{Kind: ReleaseAll}, true},
		{"nothing of the result", ResultReview{}, Withhold{}, true},
		{"a part without a length", ResultReview{}, Release{Kind: ReleaseFirst}, false},
		{"a path without a folder", ResultReview{}, Release{Kind: ReleasePath}, false},
		{"a path", ResultReview{CanKeep: true}, Release{Kind: ReleasePath}, true},
		{"a yes to a result", ResultReview{}, Approve{Scope: Once}, false},
		{"deny", Approval{}, Deny{Reason: "no"}, true},
		{"a server to an approval", Approval{}, Choose{"files"}, false},
		{"a candidate", clash, Choose{"notes"}, true},
		{"no candidate", clash, Choose{"weather"}, false},
		{"both", clash, KeepBoth{}, true},
		{"each call", clash, AskEachCall{}, true},
		{"a yes to a choice", clash, Approve{Scope: Once}, false},
		{"a no to a name", clash, Deny{}, false},
		{"a candidate for a call", one, Choose{"files"}, true},
		{"a no to a call", one, Deny{}, true},
		{"both for one call", one, KeepBoth{}, false},
		{"each call for one call", one, AskEachCall{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(func(Event) {})
				ctx, cancel := context.WithCancel(t.Context())
				answered := make(chan error, 1)
				go func() { _, err := d.Ask(ctx, c.question); answered <- err }()
				synctest.Wait()
				if got := d.Answer(1, c.answer); got != c.taken {
					t.Errorf("taken = %v, want %v", got, c.taken)
				}
				cancel()
				if err := <-answered; (err == nil) != c.taken {
					t.Errorf("the asker got %v", err)
				}
			})
		})
	}
}

func TestDeskFirstAnswerWins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var events []Event
		d := newDesk(func(e Event) { events = append(events, e) })
		got := make(chan Answer, 1)
		go func() { a, _ := d.Ask(t.Context(), Approval{}); got <- a }()
		synctest.Wait()
		if !d.Answer(1, Deny{Reason: "first"}) || d.Answer(1, Approve{Scope: Once}) || d.Answer(7, Approve{Scope: Once}) {
			t.Error("the first answer is the only one that counts")
		}
		if a := <-got; a != (Deny{Reason: "first"}) {
			t.Errorf("got %v", a)
		}
		if len(events) != 2 || events[1] != (Withdrawn{ID: 1}) {
			t.Errorf("events: %v", events)
		}
	})
}

func TestDeskWithdrawsWhenTheAskerGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var last Event
		d := newDesk(func(e Event) { last = e })
		why := errors.New("stopped")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Hour, func() { cancel(why) })
		if _, err := d.Ask(ctx, Approval{}); !errors.Is(err, why) {
			t.Errorf("error = %v, want the cause", err)
		}
		if last != (Withdrawn{ID: 1}) {
			t.Errorf("last event = %v", last)
		}
		if d.Answer(1, Approve{Scope: Once}) {
			t.Error("a late answer was taken")
		}
	})
}
