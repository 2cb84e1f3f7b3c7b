package host_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/grants"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

var key = host.KeyUse{Variable: "SOME_KEY", Provider: "Some", Origin: "https://some.example"}

// A stand of models: each by its name, one of them behind a key.
type stand struct {
	models map[string]llm.Model
	keyed  string
	nearby string
}

func (s stand) Connect(_ context.Context, ref host.ModelRef, _ func(host.KeyUse) bool) (host.ModelChoice, error) {
	m, ok := s.models[ref.Name]
	if !ok {
		return host.ModelChoice{}, errors.New("there is no " + ref.Name)
	}
	c := host.ModelChoice{Model: m, Ref: ref, Why: "you chose it"}
	if ref.Name == s.keyed {
		c.Key = key
	}
	return c, nil
}

func (s stand) List(ctx context.Context, may func(host.KeyUse) bool, tell func([]host.ModelSource)) {
	tell([]host.ModelSource{{ID: "here", Asking: true}})
	src := host.ModelSource{ID: "here", Models: []host.ModelOffer{{Name: "two"}}}
	if !may(key) {
		src.Key = key
	}
	tell([]host.ModelSource{src})
	if ctx.Err() == nil && s.nearby == "never ends" {
		<-ctx.Done()
	}
}

func (s stand) Nearby(context.Context) string { return s.nearby }

// named is a scripted model with a name of its own.
type named struct {
	llm.Model
	info llm.Info
}

func (n named) Info() llm.Info { return n.info }

func answers(name string, times int) llm.Model {
	var steps []llmtest.Step
	for range times {
		steps = append(steps, llmtest.Say(name+" says so"))
	}
	return named{llmtest.New(steps...), llm.Info{Provider: "Some", Name: name, Offline: name == host.OfflineModel}}
}

func with(s stand, more ...func(*host.Options)) func(*host.Options) {
	return func(o *host.Options) {
		o.Models = s
		for _, f := range more {
			f(o)
		}
	}
}

// said waits for the end of a turn and gives what was said in it.
func said(s *session) string {
	s.t.Helper()
	next(s, anyOf[host.TurnEnded])
	var text string
	for _, e := range s.events {
		switch e := e.(type) {
		case host.TurnStarted:
			text = ""
		case host.Text:
			text += e.Text.Raw()
		}
	}
	return text
}

func TestAModelIsSwitchedBetweenTurns(t *testing.T) {
	t.Parallel()
	two := answers("two", 2)
	s := begin(t, answers("one", 1), nil, with(stand{models: map[string]llm.Model{"two": two}}))
	s.host.Do(host.Submit{Text: "first"})
	if got := said(s); got != "one says so" {
		t.Errorf("first %q", got)
	}
	s.host.Do(host.SetModel{Ref: host.ModelRef{Name: "none"}})
	n := next(s, func(n host.Notice) bool { return n.Level == host.Warn })
	if got := n.Text.Raw(); got != "the model stays one: there is no none" {
		t.Errorf("notice %q", got)
	}
	s.host.Do(host.SetModel{Ref: host.ModelRef{Source: "here", Name: "two"}})
	if c := next(s, func(c host.ModelChosen) bool { return c.Name == "two" }); c.Why != "you chose it" || c.Ref.Source != "here" {
		t.Errorf("%+v", c)
	}
	s.host.Do(host.Submit{Text: "second"})
	if got := said(s); got != "two says so" {
		t.Errorf("second %q", got)
	}
	got := two.(named).Model.(*llmtest.Scripted).Requests()
	if len(got) != 1 || len(got[0].Messages) != 3 || got[0].Messages[1].Prose() != "one says so" {
		t.Errorf("the second model read %+v", got)
	}
}

func TestAFirstKeyHoldsTurnsBack(t *testing.T) {
	t.Parallel()
	store := func(path string) *grants.Store {
		g, err := grants.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	for name, test := range map[string]struct {
		answer host.Answer
		says   string
		kept   bool
	}{
		"session": {host.Approve{Scope: host.Session}, "one says so", false},
		"always":  {host.Approve{Scope: host.Always}, "one says so", true},
		"no":      {host.Deny{}, "offline says so", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "grants.json")
			others := stand{models: map[string]llm.Model{host.OfflineModel: answers(host.OfflineModel, 1)}}
			s := begin(t, answers("one", 1), nil, with(others, func(o *host.Options) {
				o.ModelKey, o.Grants = key, store(path)
			}))
			s.host.Do(host.Submit{Text: "hello"})
			asked := next(s, anyOf[host.Asked])
			if asked.Question != key {
				t.Fatalf("asked %+v", asked.Question)
			}
			s.host.Do(host.AnswerQuestion{ID: asked.ID, Answer: host.Approve{Scope: host.Once}}) // fits no such question
			s.host.Do(host.AnswerQuestion{ID: asked.ID, Answer: test.answer})
			if got := said(s); got != test.says {
				t.Errorf("%q answered, want %q", got, test.says)
			}
			if !strings.Contains(s.log(), "your prompt waits for your word on SOME_KEY") {
				t.Errorf("nobody said what the prompt waits for:\n%s", s.log())
			}
			if got := store(path).Snapshot().MayUse(key.Variable, key.Origin); got != test.kept {
				t.Errorf("remembered: %v", got)
			}
		})
	}
}

func TestAKeyIsAskedForBeforeTheSwitch(t *testing.T) {
	t.Parallel()
	models := stand{models: map[string]llm.Model{"two": answers("two", 1)}, keyed: "two"}
	s := begin(t, answers("one", 1), nil, with(models))
	s.host.Do(host.SetModel{Ref: host.ModelRef{Name: "two"}})
	asked := next(s, anyOf[host.Asked])
	s.host.Do(host.Submit{Text: "meanwhile"})
	if got := said(s); got != "one says so" {
		t.Errorf("meanwhile %q", got)
	}
	s.host.Do(host.AnswerQuestion{ID: asked.ID, Answer: host.Deny{}})
	n := next(s, func(n host.Notice) bool { return n.Level == host.Warn })
	if !strings.Contains(n.Text.Raw(), "SOME_KEY is not used, as you said") {
		t.Errorf("notice %q", n.Text.Raw())
	}
	s.host.Do(host.SetModel{Ref: host.ModelRef{Name: "two"}})
	asked = next(s, anyOf[host.Asked])
	s.host.Do(host.AnswerQuestion{ID: asked.ID, Answer: host.Approve{Scope: host.Session}})
	next(s, func(c host.ModelChosen) bool { return c.Name == "two" })
}

func TestANewWishReplacesTheOneBefore(t *testing.T) {
	t.Parallel()
	models := stand{models: map[string]llm.Model{"two": answers("two", 1), "three": answers("three", 1)}, keyed: "two"}
	s := begin(t, answers("one", 1), nil, with(models))
	s.host.Do(host.SetModel{Ref: host.ModelRef{Name: "two"}})
	asked := next(s, anyOf[host.Asked])
	s.host.Do(host.SetModel{Ref: host.ModelRef{Name: "three"}})
	withdrawn, chosen := false, false // in either order
	for !withdrawn || !chosen {
		switch e := next(s, anyOf[host.Event]).(type) {
		case host.Withdrawn:
			withdrawn = e.ID == asked.ID
		case host.ModelChosen:
			chosen = e.Name == "three"
		}
	}
}

func TestModelsAreListedWhileSomebodyLooks(t *testing.T) {
	t.Parallel()
	s := begin(t, answers("one", 0), nil, with(stand{nearby: "never ends"}))
	s.host.Do(host.ListModels{On: true})
	last := next(s, func(l host.ModelsListed) bool { return len(l.Sources) == 1 && !l.Sources[0].Asking })
	if last.Done || last.Sources[0].Key != key || last.Sources[0].Models[0].Name != "two" {
		t.Errorf("%+v", last)
	}
	s.host.Do(host.ListModels{})
	if l := next(s, func(l host.ModelsListed) bool { return l.Done }); len(l.Sources) != 1 {
		t.Errorf("%+v", l)
	}
}

func TestWhatIsNearbyIsTold(t *testing.T) {
	t.Parallel()
	s := begin(t, answers(host.OfflineModel, 0), nil, with(stand{nearby: "something answers on this machine"}))
	next(s, func(c host.ModelChosen) bool { return c.Offline && c.Why == "something answers on this machine" })
}
