package openai

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"switchboard/llm"
)

// A response is an answer on the responses wire that is put together from the
// events of its stream: a list of items, each with pieces of its own.
type response struct {
	items  []*item
	usage  llm.Usage
	begun  bool
	status string // the server's word for how it ended; empty while it goes on
	reason string // why it is incomplete
	fault  json.RawMessage
}

// A responseEvent is one event, or a whole response, as far as it matters here.
type responseEvent struct {
	Type      looseText       `json:"type"`
	Object    looseText       `json:"object"`
	Place     looseIndex      `json:"output_index"`
	ItemID    looseText       `json:"item_id"`
	Item      json.RawMessage `json:"item"`
	Delta     looseText       `json:"delta"`
	Arguments looseValue      `json:"arguments"`
	Response  json.RawMessage `json:"response"`
	Error     json.RawMessage `json:"error"`
	Detail    json.RawMessage `json:"detail"`
	Code      json.RawMessage `json:"code"`
}

// A wholeResponse is a response as it stands at its end.
type wholeResponse struct {
	Status     looseText         `json:"status"`
	Output     []json.RawMessage `json:"output"`
	Usage      *responseUsage    `json:"usage"`
	Error      json.RawMessage   `json:"error"`
	Incomplete struct {
		Reason looseText `json:"reason"`
	} `json:"incomplete_details"`
}

func (s *response) began() bool { return s.begun }
func (s *response) over() bool  { return s.status != "" }

// add takes one event of the stream and gives what it brought, in order. Events
// that are not known, such as keep-alives, bring nothing.
func (s *response) add(raw []byte) ([]llm.Event, error) {
	if len(raw) > 0 && raw[0] == '[' { // as Gemini wraps its errors
		return nil, &eventError{raw}
	}
	var e responseEvent
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	kind := string(e.Type)
	switch {
	case kind == "error", e.Object == "error", kind == "" && (said(e.Error) || said(e.Detail)):
		return nil, &eventError{raw}
	case kind == "" && e.Object == "response": // not streamed
		return s.end(raw, "completed")
	}
	s.begun = s.begun || strings.HasPrefix(kind, "response.")
	if status, ok := endings[kind]; ok {
		return s.end(e.Response, status)
	}
	if grow, ok := pieceOf[kind]; ok {
		return grow(s, e), nil
	}
	return nil, nil
}

// endings are the events that end a response, with the status it has then unless
// it says another.
var endings = map[string]string{
	"response.completed":  "completed",
	"response.done":       "completed", // some gateways
	"response.incomplete": "incomplete",
	"response.failed":     "failed",
	"response.cancelled":  "cancelled",
}

// pieceOf are the events that bring a piece of an item.
var pieceOf = map[string]func(*response, responseEvent) []llm.Event{
	"response.output_item.added":             (*response).begin,
	"response.output_item.done":              (*response).whole,
	"response.output_text.delta":             (*response).text,
	"response.refusal.delta":                 (*response).text,
	"response.reasoning_summary_text.delta":  (*response).thought,
	"response.reasoning_text.delta":          (*response).thought,
	"response.reasoning_summary_part.added":  (*response).newThought,
	"response.function_call_arguments.delta": (*response).arguments,
	"response.function_call_arguments.done":  (*response).arguments,
}

func (s *response) begin(e responseEvent) []llm.Event {
	w := readItem(e.Item)
	at := s.find(about{e.Place, string(w.ID), string(w.Type), true})
	return s.fill(at, w)
}

func (s *response) whole(e responseEvent) []llm.Event {
	w := readItem(e.Item)
	at := s.find(about{e.Place, string(w.ID), string(w.Type), false})
	out := s.fill(at, w)
	s.items[at].closed = true
	return out
}

func (s *response) text(e responseEvent) []llm.Event {
	s.items[s.find(e.about(itemMessage))].text.WriteString(string(e.Delta))
	return pieces(llm.TextDelta(e.Delta))
}

func (s *response) thought(e responseEvent) []llm.Event {
	s.items[s.find(e.about(itemReasoning))].text.WriteString(string(e.Delta))
	return pieces(llm.ReasoningDelta(e.Delta))
}

// newThought sets the parts of a summary apart, as the whole of it does.
func (s *response) newThought(e responseEvent) []llm.Event {
	i := s.items[s.find(e.about(itemReasoning))]
	if i.text.Len() == 0 {
		return nil
	}
	i.text.WriteString(partGap)
	return pieces(llm.ReasoningDelta(partGap))
}

func (s *response) arguments(e responseEvent) []llm.Event {
	at := s.find(e.about(itemCall))
	i := s.items[at]
	i.args.WriteString(string(e.Delta))
	i.whole(string(e.Arguments))
	return pieces(s.progress(at))
}

// pieces leaves empty pieces out.
func pieces(e llm.Event) []llm.Event {
	if e == llm.TextDelta("") || e == llm.ReasoningDelta("") {
		return nil
	}
	return []llm.Event{e}
}

// end takes the response as it stands at its end: what its events left out is
// still there.
func (s *response) end(raw json.RawMessage, status string) ([]llm.Event, error) {
	var w wholeResponse
	if err := json.Unmarshal(orNull(raw), &w); err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	s.begun, s.status, s.reason, s.fault = true, cmp.Or(string(w.Status), status), string(w.Incomplete.Reason), w.Error
	if w.Usage != nil {
		s.usage = w.Usage.plain()
	}
	var out []llm.Event
	seen := map[string]int{}
	for _, raw := range w.Output {
		item := readItem(raw)
		kind := string(item.Type)
		out = append(out, s.fill(s.nth(string(item.ID), kind, seen[kind]), item)...)
		seen[kind]++
	}
	return out, nil
}

func orNull(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

// done is the complete answer, with its reasoning as the provider wants it back. A
// response that failed is an error.
func (s *response) done(m *Model) (llm.Done, error) {
	switch s.status {
	case "failed", "error":
		p := readProblem(s.fault)
		p.message = cmp.Or(p.message, "the response failed")
		return llm.Done{}, m.failure(kindOf(p), p)
	case "cancelled":
		return llm.Done{}, m.failure(llm.Truncated, problem{message: "the answer was broken off: cancelled"})
	}
	finish := llm.Stop
	if s.status == "incomplete" {
		finish = llm.Length
		if s.reason == "content_filter" {
			finish = llm.Filtered
		}
	}
	msg := llm.Message{Role: llm.Assistant, Parts: s.parts(finish != llm.Stop), Opaque: s.opaque(m)}
	if len(msg.Calls()) > 0 {
		finish = llm.ToolCalls
	}
	return llm.Done{Message: msg, Finish: finish, Usage: s.usage}, nil
}

// parts are the items in their order.
func (s *response) parts(short bool) []llm.Part {
	var parts []llm.Part
	for n, i := range s.items {
		switch {
		case i.kind == itemCall && i.name == "" && i.args.Len() == 0: // a piece of nothing
		case i.kind == itemCall:
			c := callOf(i.name, i.args.String(), short && n == len(s.items)-1)
			parts = append(parts, c)
		case i.text.Len() == 0:
		case i.kind == itemReasoning:
			parts = append(parts, llm.Reasoning(i.text.String()))
		case i.kind == itemMessage:
			parts = append(parts, llm.Text(i.text.String()))
		}
	}
	return parts
}
