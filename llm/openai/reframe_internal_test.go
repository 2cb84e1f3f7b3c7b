package openai

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// frames reads a stream to its end and gives its events, the end mark among them.
func frames(t interface{ Fatalf(string, ...any) }, src io.Reader, whole bool) (events []string, err error) {
	f := newReframer(src)
	f.mayBeWhole = whole
	out, err := io.ReadAll(f)
	for _, frame := range strings.SplitAfter(string(out), "\n\n") {
		if frame == "" {
			continue
		}
		event, ok := strings.CutPrefix(strings.TrimSuffix(frame, "\n\n"), "data: ")
		if !ok || strings.ContainsAny(event, "\r\n") || !strings.HasSuffix(frame, "\n\n") {
			t.Fatalf("frame %q", frame)
		}
		if event != "[DONE]" && !json.Valid([]byte(event)) {
			t.Fatalf("event %q is no JSON", event)
		}
		events = append(events, event)
	}
	return events, err
}

// FuzzReframe: whatever comes, every event that goes on is whole, and it does not
// matter in which pieces it came.
func FuzzReframe(f *testing.F) {
	for _, seed := range []string{
		"data: {\"a\":1}\n\ndata: [DONE]\n\n", "\ufeffdata:{}\r\n\r\n: c\r\rdata: [1,\rdata: 2]\r\r", "{\"error\":{}}\n", "{\n\"a\":1\n}\n",
		"data: {\"error\":\"x\"}", "data: {\"a\":\"\n\n", "event: x\nid\nretry: 1\n\ndata\n\n", "data: [DONE", "data: \"x\"\n\n", "<html>", "\n \n{\"x\":[]}", "data: {\"a\"\ndata: :1}\n\n",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, stream string, whole bool) {
		events, err := frames(t, strings.NewReader(stream), whole)
		bitwise, bitErr := frames(t, iotest.OneByteReader(strings.NewReader(stream)), whole)
		if strings.Join(events, "\n") != strings.Join(bitwise, "\n") || (err == nil) != (bitErr == nil) {
			t.Fatalf("in one piece %q, %v\nin single bytes %q, %v", events, err, bitwise, bitErr)
		}
		for i, e := range events {
			if e == "[DONE]" && i < len(events)-1 {
				t.Fatalf("events after the end mark: %q", events)
			}
		}
	})
}

// However a good stream is laid out, the same events come out of it; however it
// is cut, those that come out are its first ones, and a cut within one is told.
func TestReframeKeepsEvents(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var events []string
		var stream strings.Builder
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		value := rapid.MapOf(rapid.StringN(0, 8, 40), rapid.OneOf(rapid.String().AsAny(), rapid.Int().AsAny(), rapid.Just(any(nil))))
		for range rapid.IntRange(1, 6).Draw(t, "events") {
			raw, err := json.Marshal(value.Draw(t, "event"))
			if err != nil {
				t.Fatal(err)
			}
			events = append(events, strings.Replace(string(raw), `{"error"`, `{ "error"`, 1))
			layout := rapid.SampledFrom([]string{"", ": note" + end + end, "event: message" + end, "id: 1" + end}).Draw(t, "before")
			space := rapid.SampledFrom([]string{" ", ""}).Draw(t, "space")
			blank := rapid.SampledFrom([]string{end, ""}).Draw(t, "blank")
			stream.WriteString(layout + "data:" + space + string(raw) + end + blank)
		}
		got, err := frames(t, iotest.HalfReader(strings.NewReader(stream.String())), false)
		if err != nil || strings.Join(got, "\n") != strings.Join(events, "\n") {
			t.Fatalf("%q\ngave %q, %v\nwant %q", stream.String(), got, err, events)
		}
		cut := rapid.IntRange(0, stream.Len()).Draw(t, "cut")
		got, err = frames(t, strings.NewReader(stream.String()[:cut]), false)
		if len(got) > len(events) || strings.Join(got, "\n") != strings.Join(events[:len(got)], "\n") {
			t.Fatalf("cut at %d gave %q", cut, got)
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	})
}

func TestReframeEnds(t *testing.T) {
	t.Parallel()
	reset := errors.New("connection reset")
	for _, c := range []struct {
		name   string
		src    io.Reader
		events int
		err    error
	}{
		{"half an event", strings.NewReader("data: {}\n\ndata: {\"a\":"), 1, io.ErrUnexpectedEOF},
		{"half an event before its empty line", strings.NewReader("data: {}\n\ndata: {\"a\":\n"), 1, io.ErrUnexpectedEOF},
		{"half the end mark", strings.NewReader("data: {}\n\ndata: [DO"), 1, io.ErrUnexpectedEOF},
		{"broken event", strings.NewReader("data: {]\n\ndata: {}\n\n"), 0, errBroken},
		{"reset", io.MultiReader(strings.NewReader("data: {}\n\n"), iotest.ErrReader(reset)), 1, reset},
		{"reset within an event", io.MultiReader(strings.NewReader("data: {\"a\""), iotest.ErrReader(reset)), 0, reset},
		{"after the end mark", io.MultiReader(strings.NewReader("data: [DONE]\n"), iotest.ErrReader(reset)), 1, nil},
		{"endless line", endless("x"), 0, errTooLarge},
		{"endless event", io.MultiReader(strings.NewReader("data: {\n"), endless("data: 1,\n")), 0, errTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			events, err := frames(t, c.src, false)
			if len(events) != c.events || !errors.Is(err, c.err) {
				t.Errorf("%q, %v", events, err)
			}
		})
	}
}

func TestWholeBodyIsBounded(t *testing.T) {
	t.Parallel()
	if _, err := frames(t, io.MultiReader(strings.NewReader("{"), endless(" ")), true); !errors.Is(err, errTooLarge) {
		t.Errorf("ended with %v", err)
	}
}

// endless repeats a text for ever.
func endless(text string) io.Reader {
	return &repeat{[]byte(strings.Repeat(text, 1000)), bytes.Reader{}}
}

type repeat struct {
	text []byte
	left bytes.Reader
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.left.Len() == 0 {
		r.left.Reset(r.text)
	}
	return r.left.Read(p)
}
