package llmtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"switchboard/llm"
)

// A Step is one answer of a [Scripted] model. Steps are values: each method gives
// a copy with more in it, so that they read as a sentence:
//
//	llmtest.Say("Let me look.").Call("search", `{"q":"go"}`).Pace(time.Second)
type Step struct {
	parts  []llm.Part // Text, Reasoning and ToolCall, in order
	check  func(llm.Request) error
	gate   <-chan struct{}
	delay  time.Duration // before the first event
	pace   time.Duration // before each further one
	finish llm.Finish
	usage  llm.Usage
	err    error
}

// Say makes a step that answers with a text, streamed word by word.
func Say(text string) Step { return Step{}.Say(text) }

// Call makes a step that calls a tool. The arguments are JSON in a string or in
// bytes, or any value to be made JSON of; nil means {}. A text that is no JSON
// object makes a malformed call, as a model would.
func Call(name string, arguments any) Step { return Step{}.Call(name, arguments) }

// Fail makes a step that ends with an error in place of an answer.
func Fail(err error) Step { return Step{}.Fail(err) }

// Think makes a step that begins with reasoning.
func Think(text string) Step { return Step{}.Think(text) }

func (s Step) with(p llm.Part) Step {
	s.parts = append(s.parts[:len(s.parts):len(s.parts)], p)
	return s
}

// Say adds text to the answer.
func (s Step) Say(text string) Step { return s.with(llm.Text(text)) }

// Think adds reasoning to the answer.
func (s Step) Think(text string) Step { return s.with(llm.Reasoning(text)) }

// Call adds a tool call to the answer; see [Call].
func (s Step) Call(name string, arguments any) Step {
	text := argumentsText(arguments)
	c := llm.ToolCall{Name: name, Arguments: json.RawMessage(text)}
	var object map[string]json.RawMessage
	if json.Unmarshal(c.Arguments, &object) != nil || object == nil {
		c.Arguments, c.Malformed = json.RawMessage("{}"), text
	}
	return s.with(c)
}

// Add adds a tool call as it is; one without an ID gets one.
func (s Step) Add(c llm.ToolCall) Step { return s.with(c) }

// Fail ends the answer with err, after what was said so far.
func (s Step) Fail(err error) Step {
	s.err = err
	return s
}

// Check looks at the request before the answer begins; its error ends the step
// and is reported by [Scripted.Verify].
func (s Step) Check(f func(llm.Request) error) Step {
	s.check = f
	return s
}

// Wait holds the answer back for d.
func (s Step) Wait(d time.Duration) Step {
	s.delay = d
	return s
}

// Pace waits for d before each event but the first.
func (s Step) Pace(d time.Duration) Step {
	s.pace = d
	return s
}

// Hold keeps the answer back until the channel is closed or gives a value.
func (s Step) Hold(gate <-chan struct{}) Step {
	s.gate = gate
	return s
}

// Finish sets why the answer ended; without it, [llm.ToolCalls] if there are
// calls, else [llm.Stop].
func (s Step) Finish(f llm.Finish) Step {
	s.finish = f
	return s
}

// Usage sets the token counts.
func (s Step) Usage(u llm.Usage) Step {
	s.usage = u
	return s
}

// argumentsText is the text that a model would have written.
func argumentsText(arguments any) string {
	switch a := arguments.(type) {
	case nil:
		return "{}"
	case string:
		return a
	case []byte:
		return string(a)
	case json.RawMessage:
		return string(a)
	}
	raw, err := json.Marshal(arguments)
	if err != nil {
		panic(fmt.Sprintf("llmtest: arguments of a call: %v", err)) // a mistake in the test itself
	}
	return string(raw)
}

// play yields the answer, as [llm.Model] says: one Done or one error at the end,
// and the context's cause when it ends first.
func (s Step) play(ctx context.Context, yield func(llm.Event, error) bool) {
	if err := s.hold(ctx); err != nil {
		yield(nil, err)
		return
	}
	for i, e := range s.events() {
		if i > 0 {
			if err := pause(ctx, s.pace); err != nil {
				yield(nil, err)
				return
			}
		}
		if _, last := e.(llm.Done); last && s.err != nil {
			yield(nil, s.err)
			return
		}
		if !yield(e, nil) {
			return
		}
	}
}

// hold waits for what keeps the answer back.
func (s Step) hold(ctx context.Context) error {
	if s.gate != nil {
		select {
		case <-ctx.Done():
		case <-s.gate:
		}
	}
	return pause(ctx, s.delay)
}

// events are the pieces of the answer, Done as the last.
func (s Step) events() []llm.Event {
	var out []llm.Event
	done := llm.Done{Message: llm.Message{Role: llm.Assistant, Parts: s.parts}, Finish: llm.Stop, Usage: s.usage}
	index := 0
	for _, p := range s.parts {
		switch p := p.(type) {
		case llm.Text:
			for _, piece := range pieces(string(p)) {
				out = append(out, llm.TextDelta(piece))
			}
		case llm.Reasoning:
			for _, piece := range pieces(string(p)) {
				out = append(out, llm.ReasoningDelta(piece))
			}
		case llm.ToolCall:
			n := max(len(p.Arguments), len(p.Malformed))
			out = append(out, llm.CallDelta{Index: index, Name: p.Name}, llm.CallDelta{Index: index, Name: p.Name, Bytes: n})
			index++
			done.Finish = llm.ToolCalls
		}
	}
	if s.finish != "" {
		done.Finish = s.finish
	}
	return append(out, done)
}

// pieces cuts a text behind its spaces and line breaks, much as tokens fall.
func pieces(text string) []string {
	var out []string
	for text != "" {
		n := strings.IndexAny(text, " \n") + 1
		if n == 0 {
			n = len(text)
		}
		out, text = append(out, text[:n]), text[n:]
	}
	return out
}
