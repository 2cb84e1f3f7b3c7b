package openai

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"switchboard/llm"
)

const (
	// maxList is the size of the largest list that is read; OpenRouter's has 1 MB.
	maxList = 16 << 20
	// listTime bounds the whole of [Model.Models].
	listTime = 20 * time.Second
)

// Models lists what the endpoint offers for chats, by name, with window, price and
// abilities as far as the endpoint tells them. It takes at most 20 s. Errors are
// [*llm.Error], or the cause for which ctx ended.
func (m *Model) Models(ctx context.Context) ([]llm.ModelInfo, error) {
	inner, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	page, err := m.fetch(inner, http.MethodGet, m.endpoint.base+"/models", nil)
	if err != nil {
		return nil, m.listError(ctx, err)
	}
	all := shelf{}
	if err := all.addList(page); err != nil {
		return nil, m.failure(llm.BadReply, problem{message: "the list of models cannot be read: " + err.Error(), err: err})
	}
	for _, s := range m.sources {
		s(inner, m, all) // what it would have told is missing then, and nothing else
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return all.sorted(), nil
}

// fetch gets a JSON page of the endpoint.
func (m *Model) fetch(ctx context.Context, method, url string, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking for the models: %w", err)
	}
	r.Header = m.headers.Clone()
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.URL.RawQuery = m.endpoint.query
	resp, err := m.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		said, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody)) // what came of it may explain the status
		return nil, &refusal{resp.StatusCode, resp.Header, said}
	}
	page, err := io.ReadAll(io.LimitReader(resp.Body, maxList+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errCut, err)
	case len(page) > maxList:
		return nil, errTooLarge
	}
	return page, nil
}

// listError explains why there is no list.
func (m *Model) listError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var refused *refusal
	switch {
	case errors.As(err, &refused) && (refused.status == http.StatusNotFound || refused.status == http.StatusMethodNotAllowed):
		return &llm.Error{
			Kind: llm.WrongEndpoint, Provider: m.provider, Status: refused.status,
			Message: "the endpoint does not list its models",
			Hint:    "Check the base URL: most end in /v1. If it is right, name the model in the config.",
		}
	case errors.As(err, &refused):
		return m.refused(refused)
	case errors.Is(err, context.DeadlineExceeded):
		return m.failure(llm.Idle, problem{message: fmt.Sprintf("no list of models came within %s", listTime), err: err})
	}
	err = withoutURL(err)
	return m.failure(kindOfCause(err, false), problem{message: err.Error(), err: err})
}

// A shelf holds models by name while their list is put together.
type shelf map[string]llm.ModelInfo

// sorted gives the models by name.
func (s shelf) sorted() []llm.ModelInfo {
	out := make([]llm.ModelInfo, 0, len(s))
	for _, info := range s {
		info.Vision = info.Vision || sees(familyName(info.Name))
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b llm.ModelInfo) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// add puts a model on the shelf, over what an earlier source said of it.
func (s shelf) add(info llm.ModelInfo) {
	was := s[info.Name]
	s[info.Name] = llm.ModelInfo{
		Name: info.Name, Window: cmp.Or(info.Window, was.Window),
		InputPrice: cmp.Or(info.InputPrice, was.InputPrice), OutputPrice: cmp.Or(info.OutputPrice, was.OutputPrice),
		Vision: info.Vision || was.Vision, Tools: info.Tools || was.Tools,
	}
}

// addList reads a list of models, bare or under the name that it has.
func (s shelf) addList(page []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(page, &list); err != nil {
		var named struct {
			Data   []json.RawMessage `json:"data"`
			Models []json.RawMessage `json:"models"` // Ollama
		}
		if err := json.Unmarshal(page, &named); err != nil {
			return err
		}
		if named.Data == nil && named.Models == nil {
			return errors.New("there is no list in it")
		}
		if list = named.Data; list == nil {
			list = named.Models
		}
	}
	for _, raw := range list {
		if info, ok := readEntry(raw); ok {
			s.add(info)
		}
	}
	return nil
}
