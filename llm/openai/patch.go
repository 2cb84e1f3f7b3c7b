package openai

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// fields are members of a JSON object, as they go out.
type fields map[string]json.RawMessage

// A patch sets what go-openai's request types cannot say: unknown fields, empty
// ones that must be there, and values that its checks refuse. The zero value
// changes nothing.
type patch struct {
	top      fields
	messages map[int]fields    // by the message's place
	calls    map[[2]int]fields // by the places of message and call
}

func (p *patch) set(name string, value json.RawMessage) {
	if p.top == nil {
		p.top = fields{}
	}
	p.top[name] = value
}

// setValue takes the values that JSON can always hold: numbers and strings.
func (p *patch) setValue(name string, value any) {
	raw, err := json.Marshal(value)
	if err == nil { // a NaN is left out, as if it had not been set
		p.set(name, raw)
	}
}

func (p *patch) message(at int, name string, value json.RawMessage) {
	if p.messages == nil {
		p.messages = map[int]fields{}
	}
	if p.messages[at] == nil {
		p.messages[at] = fields{}
	}
	p.messages[at][name] = value
}

func (p *patch) call(at, call int, name string, value json.RawMessage) {
	if p.calls == nil {
		p.calls = map[[2]int]fields{}
	}
	key := [2]int{at, call}
	if p.calls[key] == nil {
		p.calls[key] = fields{}
	}
	p.calls[key][name] = value
}

// apply writes the patch into a request's body.
func (p *patch) apply(body []byte) ([]byte, error) {
	if p.top == nil && p.messages == nil && p.calls == nil {
		return body, nil
	}
	var out fields
	if err := json.Unmarshal(body, &out); err != nil {
		return nil, fmt.Errorf("reading the request back: %w", err)
	}
	if p.messages != nil || p.calls != nil {
		messages, err := p.applyMessages(out["messages"])
		if err != nil {
			return nil, err
		}
		out["messages"] = messages
	}
	for name, value := range p.top {
		out[name] = value
	}
	return json.Marshal(out)
}

func (p *patch) applyMessages(raw json.RawMessage) (json.RawMessage, error) {
	return patchList(raw, func(at int, message fields) error {
		for name, value := range p.messages[at] {
			message[name] = value
		}
		if message["tool_calls"] == nil {
			return nil
		}
		calls, err := patchList(message["tool_calls"], func(i int, call fields) error {
			for name, value := range p.calls[[2]int{at, i}] {
				call[name] = value
			}
			return nil
		})
		message["tool_calls"] = calls
		return err
	})
}

// patchList lets change do its work on every object of a JSON array.
func patchList(raw json.RawMessage, change func(i int, o fields) error) (json.RawMessage, error) {
	var list []fields
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("reading the request back: %w", err)
	}
	for i, o := range list {
		if err := change(i, o); err != nil {
			return nil, fmt.Errorf("at %s: %w", strconv.Itoa(i), err)
		}
	}
	return json.Marshal(list)
}
