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
	clash := Collision{
		Name: "search", Candidates: candidatesOf("files", "notes"), Scopes: []Scope{Session, Always},
		Names: catalog.Names{"taken": {{Server: "web", Tool: "taken"}}},
	}
	one := clash
	one.Call, one.Scopes = "1.1", []Scope{Once}
	names := func(files, notes string) map[string]string { return map[string]string{"files": files, "notes": notes} }
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
		{"a server to an approval", Approval{}, Choose{"files", Once}, false},
		{"a candidate", clash, Choose{"notes", Session}, true},
		{"a candidate for always", clash, Choose{"notes", Always}, true},
		{"a candidate for no call", clash, Choose{"notes", Once}, false},
		{"a candidate for nothing", clash, Choose{"notes", ""}, false},
		{"no candidate", clash, Choose{"weather", Session}, false},
		{"a strategy", clash, Adopt{catalog.Namespace, Session}, true},
		{"each call", clash, Adopt{catalog.AskEachCall, Always}, true},
		{"an owner is no strategy", clash, Adopt{catalog.Server("notes"), Session}, false},
		{"no strategy", clash, Adopt{"best", Session}, false},
		{"names", clash, Name{names("grep", "memo"), Session}, true},
		{"a name for one", clash, Name{map[string]string{"files": "grep"}, Session}, true},
		{"no names", clash, Name{nil, Session}, false},
		{"one name for two", clash, Name{names("grep", "grep"), Session}, false},
		{"a name of another's", clash, Name{names("grep", "taken"), Session}, false},
		{"a name for a stranger", clash, Name{map[string]string{"web": "grep"}, Session}, false},
		{"a name that is none", clash, Name{names("grep", "two words"), Session}, false},
		{"never one", clash, Hide{"files", Always}, true},
		{"never a stranger", clash, Hide{"web", Always}, false},
		{"a yes to a choice", clash, Approve{Scope: Once}, false},
		{"a no to a name", clash, Deny{}, false},
		{"a candidate for a call", one, Choose{"files", Once}, true},
		{"a candidate for more than a call", one, Choose{"files", Session}, false},
		{"a no to a call", one, Deny{}, true},
		{"a strategy for one call", one, Adopt{catalog.Namespace, Once}, false},
		{"never one for one call", one, Hide{"files", Once}, false},
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
