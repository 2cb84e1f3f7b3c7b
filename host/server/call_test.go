package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

func TestArgumentsArriveAsGiven(t *testing.T) {
	t.Parallel()
	l := ready(t)
	cases := map[string]string{
		"":     `{}`,
		`{}`:   `{}`,
		`  {}`: `{}`,
		`{"b":1,"a":{"z":1,"y":[1.0,1e2,0.1000]},"b":2}`: `{"b":1,"a":{"z":1,"y":[1.0,1e2,0.1000]},"b":2}`,
		"{\n \"n\": 12345678901234567890123\n}":          `{"n":12345678901234567890123}`,
	}
	for given, want := range cases {
		if got := l.call("echo", given).Text.Raw(); got != want {
			t.Errorf("%q arrives as %q, want %q", given, got, want)
		}
	}
	for _, bad := range []string{"null", "[]", `"x"`, "{", `{"a":}`, "{} {}"} {
		_, err := l.Call(t.Context(), "echo", json.RawMessage(bad), nil)
		var e *server.Error
		if !errors.As(err, &e) || e.Kind != server.Invalid {
			t.Errorf("%q gives %v", bad, err)
		}
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	l := ready(t)
	cases := map[string]struct {
		result string
		text   string
		failed bool
	}{
		"text":          {`{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}`, "a\nb", false},
		"error":         {`{"content":[{"type":"text","text":"no"}],"isError":true}`, "no", true},
		"nothing":       {`{}`, "", false},
		"structured":    {`{"structuredContent":{"t":33}}`, `{"t":33}`, false},
		"both":          {`{"content":[{"type":"text","text":"33"}],"structuredContent":{"t":33}}`, "33", false},
		"empty, struct": {`{"content":[],"structuredContent":[1]}`, `[1]`, false},
		"image":         {`{"content":[{"type":"image","mimeType":"image/png","data":"` + strings.Repeat("AAAA", 4000) + `"}]}`, "[image image/png, 12 KB]", false},
		"audio":         {`{"content":[{"type":"audio","mimeType":"audio/wav","data":"AAA="}]}`, "[audio audio/wav, 2 bytes]", false},
		"unknown type":  {`{"content":[{"type":"video","data":"AAAA"},{"type":"text","text":"kept"}]}`, "[video content, 30 bytes]\nkept", false},
		"no object":     {`{"content":["bare",17,{"type":"text","text":"kept"}]}`, "bare\n[content that makes no sense, 2 bytes]\nkept", false},
		"bare string":   {`{"content":"bare"}`, "bare", false},
		"lone block":    {`{"content":{"type":"text","text":"lone"}}`, "lone", false},
		"text resource": {`{"content":[{"type":"resource","resource":{"uri":"file:///a","mimeType":"text/plain","text":"inside"}}]}`, "[resource file:///a, text/plain]\ninside", false},
		"blob resource": {`{"content":[{"type":"resource","resource":{"uri":"file:///a","blob":"AAAA"}}]}`, "[resource file:///a, 3 bytes]", false},
		"link":          {`{"content":[{"type":"resource_link","uri":"file:///a","name":"A"}]}`, "[resource file:///a, A]", false},
		"hostile text":  {`{"content":[{"type":"text","text":"\u001b]52;c;x\u0007\u202e"}]}`, "\x1b]52;c;x\a\u202e", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := l.call("result", fmt.Sprintf(`{"result":%s}`, c.result))
			if got.Text.Raw() != c.text || got.IsError != c.failed || got.Bytes == 0 {
				t.Errorf("gives %q, error %v, %d bytes; want %q", got.Text.Raw(), got.IsError, got.Bytes, c.text)
			}
		})
	}
	for _, bad := range []string{`17`, `null`, `{"resultType":"task"}`, `{"resultType":"input_required"}`} {
		if bad == `null` {
			continue // a null result is an empty one
		}
		if r, err := l.Call(t.Context(), "result", json.RawMessage(`{"result":`+bad+`}`), nil); err == nil {
			t.Errorf("%s gives %+v", bad, r)
		}
	}
}

func TestCancelledCallReachesTheServer(t *testing.T) {
	t.Parallel()
	l := ready(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := l.Call(ctx, "slow", json.RawMessage(`{"ms":200}`), nil)
		done <- err
	}()
	l.await("a call under way", func(st server.Status) bool { return st.InFlight == 1 })
	stopped := errors.New("the person stopped the turn")
	cancel(stopped)
	if err := <-done; !errors.Is(err, stopped) {
		t.Errorf("the call gives %v", err)
	}
	if got := l.call("cancelled", `{}`).Text.Raw(); !strings.Contains(got, "the person stopped the turn") || !strings.Contains(got, `"requestId":10000`) {
		t.Errorf("the server heard %q", got)
	}
	// The late answer comes during this call and must not be taken for its own.
	if got := l.call("slow", `{"ms":300}`).Text.Raw(); got != "slept" {
		t.Errorf("the next call gives %q", got)
	}
	if st := l.Status(); st.State != server.Ready || st.InFlight != 0 {
		t.Errorf("afterwards it is %+v", st)
	}
}

// timed runs a fixture with timeouts for its calls.
func timed(t *testing.T, idle, hardCap time.Duration) *line {
	t.Helper()
	l := run(t, servertest.Config("fixture"), server.Options{CallTimeout: idle, CallCap: hardCap})
	l.awaitState(server.Ready)
	return l
}

func TestCallWithoutAnswerTimesOut(t *testing.T) {
	t.Parallel()
	l := timed(t, 400*time.Millisecond, 0)
	_, err := l.Call(t.Context(), "never", nil, nil)
	var e *server.Error
	if !errors.As(err, &e) || e.Kind != server.TimedOut || !strings.Contains(e.Text.Raw(), "no answer and no progress for 0.4 s") {
		t.Errorf("the call gives %v", err)
	}
	if got := l.call("cancelled", `{}`).Text.Raw(); !strings.Contains(got, "no answer and no progress") {
		t.Errorf("the server heard %q", got)
	}
}

func TestProgressPutsOffTheTimeout(t *testing.T) {
	t.Parallel()
	l := timed(t, 700*time.Millisecond, 0)
	var reports []server.Progress // written by the call's own watch, which ends before the call
	r, err := l.Call(t.Context(), "progress", json.RawMessage(`{"n":10,"ms":100}`), func(p server.Progress) { reports = append(reports, p) })
	if err != nil || r.Text.Raw() != "done" {
		t.Errorf("the call gives %v, %v", r, err)
	}
	if len(reports) == 0 || reports[0].Total != 10 || reports[0].Message.Raw() != "step" {
		t.Errorf("reports %v", reports)
	}
}

func TestProgressForEverEndsAtTheCap(t *testing.T) {
	t.Parallel()
	l := timed(t, 700*time.Millisecond, time.Second)
	_, err := l.Call(t.Context(), "progress", json.RawMessage(`{"n":1000,"ms":50}`), nil)
	var e *server.Error
	if !errors.As(err, &e) || e.Kind != server.TimedOut || !strings.Contains(e.Text.Raw(), "no answer after 1.0 s") {
		t.Errorf("the call gives %v", err)
	}
}

func TestEntrysTimeoutComesFirst(t *testing.T) {
	t.Parallel()
	cfg := servertest.Config("fixture")
	cfg.Timeout = 200 * time.Millisecond
	l := run(t, cfg, server.Options{CallTimeout: time.Hour})
	l.awaitState(server.Ready)
	if _, err := l.Call(t.Context(), "never", nil, nil); err == nil || !strings.Contains(err.Error(), "for 0.2 s") {
		t.Errorf("the call gives %v", err)
	}
}

func TestWrongIDIsCountedAndTimesOut(t *testing.T) {
	t.Parallel()
	cfg := servertest.Config("fixture")
	cfg.Timeout = 300 * time.Millisecond
	l := run(t, cfg, server.Options{})
	l.awaitState(server.Ready)
	if _, err := l.Call(t.Context(), "wrongid", nil, nil); err == nil {
		t.Error("an answer to another id was taken")
	}
	if st := l.Status(); st.Noise != 1 || !strings.Contains(st.Stdout.Raw(), "4711") {
		t.Errorf("noise %d: %q", st.Noise, st.Stdout.Raw())
	}
}

func TestManyCallsAtOnce(t *testing.T) {
	t.Parallel()
	l := ready(t)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			args := fmt.Sprintf(`{"i":%d}`, i)
			if r, err := l.Call(t.Context(), "echo", json.RawMessage(args), nil); err != nil || r.Text.Raw() != args {
				t.Errorf("call %d gives %q, %v", i, r.Text.Raw(), err)
			}
		})
	}
	wg.Wait()
	if st := l.Status(); st.InFlight != 0 || st.Latency == 0 {
		t.Errorf("afterwards %+v", st)
	}
}

func TestPanicInProgressEndsTheCallOnly(t *testing.T) {
	t.Parallel()
	l := ready(t)
	_, err := l.Call(t.Context(), "progress", json.RawMessage(`{"n":50,"ms":20}`), func(server.Progress) { panic("oops") })
	if err == nil || !strings.Contains(err.Error(), "internal fault") {
		t.Errorf("the call gives %v", err)
	}
	l.call("echo", `{}`)
}
