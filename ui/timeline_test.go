package ui_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/ui/uitest"
)

// playTurn has a turn with two calls happen, with time between its events.
func playTurn(d *uitest.Driver, e *uitest.Engine) {
	for _, step := range []struct {
		event host.Event
		wait  time.Duration
	}{
		{host.TurnStarted{Turn: 1, Prompt: "what changed?"}, 0},
		{host.StepStarted{Turn: 1, Step: 1, Tools: 12}, 2 * time.Second},
		{host.UsageReported{Step: host.Usage{Input: 900, Cached: 400, Output: 40}}, 0},
		{host.CallPlanned{ID: "1.1", Server: "github", Tool: "list_commits", Arguments: json.RawMessage(`{"repo":"web"}`)}, 4 * time.Second},
		{host.CallStarted{ID: "1.1", Server: "github", Tool: "list_commits"}, time.Second},
		{host.CallFinished{ID: "1.1", Server: "github", Tool: "list_commits", Outcome: host.Succeeded, Bytes: 1200, Wait: 4 * time.Second, Took: time.Second}, 0},
		{host.StepStarted{Turn: 1, Step: 2, Tools: 12}, 3 * time.Second},
		{host.UsageReported{Step: host.Usage{Input: 1100, Output: 60}}, 0},
		{host.TurnEnded{Turn: 1, Finish: host.FinishDone, Steps: 2, Took: 10 * time.Second}, 0},
	} {
		e.Play(step.event)
		d.Wait(step.wait)
	}
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	uitest.Each(t, []uitest.Size{{Width: 120, Height: 36}, {Width: 80, Height: 24}, {Width: 50, Height: 20}}, func(t *testing.T, size uitest.Size) {
		on(t, size, func(d *uitest.Driver, e *uitest.Engine) {
			playTurn(d, e)
			d.Type("/timeline")
			d.Press("enter")
			d.ExpectRow("turn 1 of 1")
			d.Press("down", "enter")
			d.Golden()
		})
	})
}

func TestATimelineIsSaved(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("/timeline")
		d.Press("enter")
		d.Expect("No turn yet")
		d.Press("w")
		d.Expect("there is no turn to save yet")
		d.Press("esc")
		playTurn(d, e)
		d.Type("/timeline")
		d.Press("enter")
		d.Press("w", "o", "esc")
		got := uitest.Only[host.SaveTrace](e)
		if len(got) != 2 || got[0].OTLP || !got[1].OTLP || len(got[0].Trace.Spans) != 6 {
			t.Fatalf("saved %+v", got)
		}
		out, err := got[1].Trace.OTLP(time.Now())
		if err != nil || strings.Count(string(out), `"traceId"`) != 6 || !strings.Contains(string(out), `"parentSpanId": "0000000000000003"`) {
			t.Errorf("OTLP is %s, %v", out, err)
		}
	})
}
