package host

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host/clean"
	"switchboard/host/server"
)

// listen runs an outbox and returns what it delivered, and when, after f has put
// its events and the outbox has ended.
func listen(t *testing.T, f func(*outbox)) (batches [][]Event, at []time.Duration) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		o := newOutbox()
		ctx, end := context.WithCancel(t.Context())
		go o.Run(ctx, nil)
		go func() {
			f(o)
			end()
		}()
		for b := range o.deliver {
			batches = append(batches, b)
			at = append(at, time.Since(began))
		}
	})
	return batches, at
}

func word(turn int, s string) Text { return Text{turn, clean.Foreign(s)} }

// all joins the batches and the text in them.
func all(batches [][]Event) (events []Event, text string) {
	for _, b := range batches {
		for _, e := range b {
			events = append(events, e)
			if w, ok := e.(Text); ok {
				text += w.Text.Raw()
			}
		}
	}
	return events, text
}

func TestOutboxDeliversTextByFrame(t *testing.T) {
	t.Parallel()
	var want strings.Builder
	batches, _ := listen(t, func(o *outbox) {
		for i := range 1000 {
			s := fmt.Sprintf("token%d ", i)
			want.WriteString(s)
			o.Put(word(1, s))
			time.Sleep(time.Millisecond)
		}
	})
	_, text := all(batches)
	if text != want.String() {
		t.Errorf("text changed on the way: got %d bytes, want %d", len(text), want.Len())
	}
	if n := len(batches); n > 31 {
		t.Errorf("a second of text came in %d batches, want at most 30 and a rest", n)
	}
	for _, b := range batches {
		if len(b) != 1 {
			t.Fatalf("a batch holds %d events, want the text joined into one", len(b))
		}
	}
}

func TestOutboxLetsNothingButTextWait(t *testing.T) {
	t.Parallel()
	_, at := listen(t, func(o *outbox) {
		o.Put(word(1, "before"))
		o.Put(TurnEnded{Turn: 1})
	})
	if at[0] != 0 {
		t.Errorf("an event that does not wait came after %v", at[0])
	}
}

func TestOutboxKeepsOrder(t *testing.T) {
	t.Parallel()
	batches, _ := listen(t, func(o *outbox) {
		o.Put(word(1, "a"))
		o.Put(word(1, "b"))
		o.Put(CallStarted{ID: "1"})
		o.Put(word(1, "c"))
		o.Put(Reasoning{1, clean.Foreign("d")})
		o.Put(Reasoning{1, clean.Foreign("e")})
		o.Put(word(2, "f"))
		o.Put(word(1, "g"))
	})
	events, _ := all(batches)
	var got []string
	for _, e := range events {
		switch e := e.(type) {
		case Text:
			got = append(got, fmt.Sprintf("text%d:%s", e.Turn, e.Text.Raw()))
		case Reasoning:
			got = append(got, "reasoning:"+e.Text.Raw())
		case CallStarted:
			got = append(got, "call")
		}
	}
	want := "text1:ab call text1:c reasoning:de text2:f text1:g"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestOutboxReplacesOldNews(t *testing.T) {
	t.Parallel()
	status := func(name string, tools int) ServerChanged {
		return ServerChanged{server.Status{Name: name, Tools: tools}}
	}
	batches, _ := listen(t, func(o *outbox) {
		o.Put(CallProgress{ID: "1", Progress: 1})
		o.Put(CallProgress{ID: "1", Progress: 2})
		o.Put(CallProgress{ID: "2", Progress: 1})
		o.Put(status("a", 1))
		o.Put(status("a", 2))
		o.Put(status("b", 3))
	})
	events, _ := all(batches)
	want := []Event{CallProgress{ID: "1", Progress: 2}, CallProgress{ID: "2", Progress: 1}, status("a", 2), status("b", 3)}
	if fmt.Sprint(events) != fmt.Sprint(want) {
		t.Errorf("got %v\nwant %v", events, want)
	}
}

func TestOutboxEndsWithoutAListener(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox()
		ctx, end := context.WithCancel(t.Context())
		gone := make(chan struct{})
		go o.Run(ctx, gone)
		o.Put(TurnEnded{})
		synctest.Wait() // it waits for a listener that never comes
		close(gone)
		end()
		synctest.Wait()
		if _, open := <-o.deliver; open {
			t.Error("the stream is still open")
		}
	})
}

func BenchmarkOutboxPut(b *testing.B) {
	o := newOutbox()
	e := word(1, "token ")
	b.ReportAllocs()
	for b.Loop() {
		o.Put(e)
	}
}
