package openai_test

import (
	"context"
	"errors"
	"testing"

	"go.uber.org/goleak"

	"switchboard/llm"
	"switchboard/llm/openai"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// connect makes a model at a base URL and lets its connections go with the test.
func connect(t testing.TB, c openai.Config) *openai.Model {
	t.Helper()
	if c.Model == "" {
		c.Model = "m"
	}
	m, err := openai.New(c)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	t.Cleanup(m.Close)
	return m
}

// A heard is all that a stream gave.
type heard struct {
	text, reasoning string
	deltas          []llm.CallDelta
	done            *llm.Done
	err             error
	last            int // how many times Done or an error came
}

// listen reads a stream to its end and fails if it does not end as llm.Model says.
func listen(t testing.TB, ctx context.Context, m llm.Model, r llm.Request) heard {
	t.Helper()
	var h heard
	for e, err := range m.Stream(ctx, r) {
		if h.last > 0 {
			t.Errorf("after the end came %#v, %v", e, err)
		}
		if err != nil {
			h.err, h.last = err, h.last+1
			continue
		}
		h.take(e)
	}
	if h.last != 1 {
		t.Errorf("the stream ended %d times", h.last)
	}
	return h
}

func (h *heard) take(e llm.Event) {
	switch e := e.(type) {
	case llm.TextDelta:
		h.text += string(e)
	case llm.ReasoningDelta:
		h.reasoning += string(e)
	case llm.CallDelta:
		h.deltas = append(h.deltas, e)
	case llm.Done:
		h.done, h.last = &e, h.last+1
	}
}

// kind is the kind of the error, "" for none.
func (h heard) kind() llm.ErrorKind {
	var e *llm.Error
	if errors.As(h.err, &e) {
		return e.Kind
	}
	return ""
}

func ask(text string) llm.Request {
	return llm.Request{Messages: []llm.Message{llm.Say(llm.User, text)}}
}
