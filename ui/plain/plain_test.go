package plain_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/plain"
)

// played is an engine that plays events when a prompt is submitted, and the end
// of a turn when it is cancelled.
type played struct {
	onSubmit []host.Event
	onCancel []host.Event
	ops      []host.Op
	stream   chan []host.Event
}

func play(onSubmit ...host.Event) *played {
	return &played{
		onSubmit: onSubmit,
		onCancel: []host.Event{host.TurnEnded{Turn: 1, Finish: host.FinishStopped}},
		stream:   make(chan []host.Event, 8),
	}
}

func (p *played) Do(op host.Op) {
	p.ops = append(p.ops, op)
	switch op.(type) {
	case host.Submit:
		p.stream <- p.onSubmit
	case host.Cancel:
		p.stream <- p.onCancel
	}
}

func (p *played) Events() <-chan []host.Event { return p.stream }

func text(s string) host.Text { return host.Text{Turn: 1, Text: clean.Foreign(s)} }

func done(f host.Finish) host.TurnEnded { return host.TurnEnded{Turn: 1, Finish: f, Steps: 1} }

var add = catalog.Tool{ID: catalog.ID{Server: "calculator", Tool: "add"}}

func TestExitStatusAndOutput(t *testing.T) {
	t.Parallel()
	failure := done(host.FinishFailed)
	failure.Failure = host.Failure{Kind: "auth", Message: clean.Foreign("bad key\x1b[2J"), Hint: "set ACME_KEY"}
	for _, c := range []struct {
		name    string
		events  []host.Event
		status  int
		out     string
		errWant []string
	}{
		{
			"an answer",
			[]host.Event{text("Hello\nwor"), text("ld"), done(host.FinishDone)},
			plain.Done, "Hello\nworld\n", nil,
		},
		{
			"foreign text is made visible",
			[]host.Event{text("a\x1b]0;pwned\x07b\n"), done(host.FinishDone)},
			plain.Done, "a␛]0;pwned␇b\n", nil,
		},
		{
			"the model fails",
			[]host.Event{text("half"), failure},
			plain.Failed, "half\n",
			[]string{"bad key␛[2J", "set ACME_KEY"},
		},
		{
			"the step limit",
			[]host.Event{done(host.FinishStepLimit)},
			plain.Failed, "",
			[]string{"step limit", "--max-steps"},
		},
		{
			"an approval",
			[]host.Event{host.Asked{ID: 1, Question: host.Approval{Tool: add}}},
			plain.NeedsPerson, "",
			[]string{"calculator/add", "--allow 'calculator/add'"},
		},
		{
			"a collision",
			[]host.Event{host.Asked{ID: 1, Question: host.Collision{Name: "search", Call: "1.1"}}},
			plain.NeedsPerson, "",
			[]string{"several servers offer search", "--collisions namespace"},
		},
		{
			"a server that is down",
			[]host.Event{
				host.ServerChanged{Server: host.ServerStatus{Name: "db", State: host.ServerFailed, Reason: clean.Foreign("exited with status 1")}},
				done(host.FinishDone),
			},
			plain.Done, "",
			[]string{"server db: failed: exited with status 1"},
		},
		{
			"a server that is restarted",
			[]host.Event{
				host.ServerChanged{Server: host.ServerStatus{Name: "db", State: host.ServerBackoff, Reason: clean.Foreign("exited with status 1")}},
				host.ServerChanged{Server: host.ServerStatus{Name: "db", State: host.ServerUntrusted, Reason: clean.Foreign("a file asks for it")}},
				done(host.FinishDone),
			},
			plain.Done, "",
			[]string{"server db: backoff: exited with status 1\n", "server db: untrusted: a file asks for it\n"},
		},
		{
			"a call",
			[]host.Event{
				host.CallPlanned{ID: "1.1", Name: clean.Foreign("add")},
				host.CallDecided{ID: "1.1", Server: "calculator", Tool: "add", Decision: host.Allowed, Rule: "allow */* (--allow)"},
				host.CallFinished{ID: "1.1", Server: "calculator", Tool: "add", Outcome: host.ToolError, Text: clean.Foreign("no\nnumber")},
				done(host.FinishDone),
			},
			plain.Done, "",
			[]string{"calculator/add: allow by rule allow */*", "tool error", ": no\n"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out, err bytes.Buffer
			status := plain.Run(t.Context(), play(c.events...), host.Submit{Text: "go"}, plain.Options{Out: &out, Err: &err})
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			if out.String() != c.out {
				t.Errorf("printed %q, want %q", out.String(), c.out)
			}
			for _, want := range c.errWant {
				if !strings.Contains(err.String(), want) {
					t.Errorf("standard error lacks %q:\n%s", want, err.String())
				}
			}
		})
	}
}

func TestOneQuestionStopsTheTurnOnce(t *testing.T) {
	t.Parallel()
	e := play(
		host.Asked{ID: 1, Question: host.Approval{Tool: add}},
		host.Asked{ID: 2, Question: host.Approval{Tool: add}},
	)
	var out, err bytes.Buffer
	plain.Run(t.Context(), e, host.Submit{Text: "go"}, plain.Options{Out: &out, Err: &err})
	if len(e.ops) != 2 {
		t.Errorf("ops: %v, want the prompt and one stop", e.ops)
	}
	if n := strings.Count(err.String(), "needs a person"); n != 1 {
		t.Errorf("said %d times:\n%s", n, err.String())
	}
}

func TestInterruptAndTimeout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		cause  func(context.Context) (context.Context, context.CancelFunc)
		status int
		says   string
	}{
		{"interrupt", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(ctx)
			time.AfterFunc(time.Minute, func() { cancel(errors.New("signal")) })
			return ctx, func() { cancel(nil) }
		}, plain.Interrupted, ""},
		{"timeout", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Minute)
		}, plain.Failed, "--timeout"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := c.cause(t.Context())
				defer cancel()
				e := play(text("so far\n"))
				var out, err bytes.Buffer
				status := plain.Run(ctx, e, host.Submit{Text: "go"}, plain.Options{Out: &out, Err: &err})
				if status != c.status || out.String() != "so far\n" || !strings.Contains(err.String(), c.says) {
					t.Errorf("status %d, printed %q and %q", status, out.String(), err.String())
				}
			})
		})
	}
}

func TestAnEngineThatEndsIsAFailure(t *testing.T) {
	t.Parallel()
	e := play(text("x\n"))
	var out, err bytes.Buffer
	ended := &ending{e}
	if status := plain.Run(t.Context(), ended, host.Submit{Text: "go"}, plain.Options{Out: &out, Err: &err}); status != plain.Failed {
		t.Errorf("status %d", status)
	}
	if out.String() != "x\n" || !strings.Contains(err.String(), "ended before the turn") {
		t.Errorf("printed %q and %q", out.String(), err.String())
	}
}

// ending is an engine whose stream ends after the prompt's events.
type ending struct{ *played }

func (e *ending) Do(op host.Op) {
	e.played.Do(op)
	close(e.stream)
}

// TestJSONIsTheContract holds every line of --json to its fields.
func TestJSONIsTheContract(t *testing.T) {
	t.Parallel()
	e := play(
		host.ServerChanged{Server: host.ServerStatus{Name: "calculator", State: host.ServerReady, Tools: 5}},
		host.Text{Turn: 1, Text: clean.Foreign("Hi\x1b")},
		host.Reasoning{Turn: 1, Text: clean.Foreign("hm")},
		host.CallPlanned{ID: "1.1", Name: clean.Foreign("add"), Arguments: json.RawMessage(`{"a":1}`)},
		host.CallDecided{ID: "1.1", Server: "calculator", Tool: "add", Decision: host.Allowed, Rule: "allow */* (--allow)"},
		host.CallFinished{
			ID: "1.1", Server: "calculator", Tool: "add", Outcome: host.Succeeded,
			Text: clean.Foreign("2"), Bytes: 40, Wait: 2 * time.Second, Took: 3 * time.Millisecond,
		},
		host.Notice{Level: host.Warn, Text: clean.Foreign("look")},
		host.TurnEnded{Turn: 1, Finish: host.FinishDone, Steps: 2, Usage: host.Usage{Input: 10, Output: 3}},
	)
	var out bytes.Buffer
	if status := plain.Run(t.Context(), e, host.Submit{Text: "go"}, plain.Options{Out: &out, JSON: true}); status != plain.Done {
		t.Fatalf("status %d", status)
	}
	want := []string{
		`{"reason":"","server":"calculator","state":"ready","tools":5,"type":"server"}`,
		`{"text":"Hi\u001b","type":"text"}`,
		`{"text":"hm","type":"reasoning"}`,
		`{"arguments":{"a":1},"decision":"allow","id":"1.1","name":"add","rule":"allow */* (--allow)","server":"calculator","tool":"add","type":"call"}`,
		`{"bytes":40,"id":"1.1","is_error":false,"outcome":"ok","server":"calculator","server_ms":3,"text":"2","tool":"add","type":"result","wait_ms":2000}`,
		`{"level":"warn","text":"look","type":"notice"}`,
		`{"finish":"done","steps":2,"type":"done","usage":{"cached":0,"input":10,"output":3,"reasoning":0}}`,
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), out.String())
	}
	for i, line := range lines {
		if got := withoutTime(t, line); got != want[i] {
			t.Errorf("line %d\n got %s\nwant %s", i, got, want[i])
		}
	}
}

func TestJSONErrors(t *testing.T) {
	t.Parallel()
	failure := done(host.FinishFailed)
	failure.Failure = host.Failure{Kind: "auth", Message: clean.Foreign("bad key"), Hint: "set ACME_KEY"}
	var out bytes.Buffer
	plain.Run(t.Context(), play(failure), host.Submit{Text: "go"}, plain.Options{Out: &out, JSON: true})
	want := `{"hint":"set ACME_KEY","kind":"auth","message":"bad key","type":"error"}`
	if got := withoutTime(t, strings.TrimSpace(out.String())); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// withoutTime takes the time out of a line, after checking that it is one.
func withoutTime(t *testing.T, line string) string {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(line), &o); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	at, _ := o["time"].(string)
	if _, err := time.Parse(time.RFC3339Nano, at); err != nil {
		t.Errorf("time %q: %v", at, err)
	}
	delete(o, "time")
	b, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A line of a void answer that is not out yet never comes out; programs are told.
func TestVoidAnswer(t *testing.T) {
	t.Parallel()
	events := []host.Event{text("Half of"), host.TextVoided{Turn: 1, Why: clean.Foreign("cut\x1b[2J off"), Wait: time.Second}, text("All"), done(host.FinishDone)}
	var out, err bytes.Buffer
	plain.Run(t.Context(), play(events...), host.Submit{Text: "go"}, plain.Options{Out: &out, Err: &err})
	if out.String() != "All\n" || !strings.Contains(err.String(), "again in 1s") || strings.Contains(err.String(), "\x1b") {
		t.Errorf("printed %q and %q", out.String(), err.String())
	}
	out.Reset()
	plain.Run(t.Context(), play(events...), host.Submit{Text: "go"}, plain.Options{Out: &out, Err: &err, JSON: true})
	if !strings.Contains(out.String(), `"type":"voided","wait_ms":1000`) {
		t.Errorf("printed %s", out.String())
	}
}
