// Package offline is the model that needs no key and no network. It is no
// language model: it matches the words of a message to the words of the tools,
// fills in arguments by simple rules, and replies with tool results and nothing
// else. The same request always gets the same answer.
package offline

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"unicode"

	"switchboard/llm"
)

// New makes the word matcher. It holds no state and opens nothing.
func New() llm.Model { return matcher{} }

type matcher struct{}

// Info tells that this is no language model.
func (matcher) Info() llm.Info {
	return llm.Info{Provider: "offline", Name: "word matcher", Offline: true}
}

// Stream yields the answer word by word, without delay. It fails only when ctx
// ends.
func (matcher) Stream(ctx context.Context, r llm.Request) iter.Seq2[llm.Event, error] {
	return func(yield func(llm.Event, error) bool) {
		for _, event := range events(answer(r)) {
			if err := ctx.Err(); err != nil {
				yield(nil, fmt.Errorf("matching words: %w", context.Cause(ctx)))
				return
			}
			if !yield(event, nil) {
				return
			}
		}
	}
}

// events cuts a finished message into the pieces it is streamed in.
func events(m llm.Message) []llm.Event {
	var all []llm.Event
	for _, piece := range pieces(m.Prose()) {
		all = append(all, llm.TextDelta(piece))
	}
	calls := m.Calls()
	for i, c := range calls {
		all = append(all, llm.CallDelta{Index: i, Name: c.Name, Bytes: len(c.Arguments)})
	}
	finish := llm.Stop
	if len(calls) > 0 {
		finish = llm.ToolCalls
	}
	return append(all, llm.Done{Message: m, Finish: finish})
}

// pieces cuts s after every run of white space; joined they are s again.
func pieces(s string) []string {
	var out []string
	start, space := 0, false
	for i, r := range s {
		if space && !unicode.IsSpace(r) {
			out = append(out, s[start:i])
			start = i
		}
		space = unicode.IsSpace(r)
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// answer is the whole model: what to say or call next in this conversation.
func answer(r llm.Request) llm.Message {
	t := lastTurn(r.Messages)
	ix := newIndex(r.Tools)
	var p plan
	switch exact, ok := strings.CutPrefix(strings.TrimSpace(t.said), "/call"); {
	case ok && (exact == "" || unicode.IsSpace(rune(exact[0]))):
		p = exactPlan(strings.TrimSpace(exact), ix)
	default:
		p = newPlan(t, ix)
	}
	return p.next(t, ix)
}
