package openai

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"switchboard/llm"
)

// A source tells more about the models of a local server than its list does.
type source func(ctx context.Context, m *Model, all shelf)

// page is a source that is a list of its own, at the root of the server.
func page(path string) source {
	return func(ctx context.Context, m *Model, all shelf) {
		if raw, err := m.fetch(ctx, http.MethodGet, m.root()+path, nil); err == nil {
			_ = all.addList(raw) // not a list: it adds nothing
		}
	}
}

// root is the server's address without the path of its wire.
func (m *Model) root() string {
	u, err := url.Parse(m.endpoint.base)
	if err != nil { // not possible: it was made of a URL
		return m.endpoint.base
	}
	return u.Scheme + "://" + u.Host
}

// props is llama.cpp's page about the one model that it serves.
func props(ctx context.Context, m *Model, all shelf) {
	raw, err := m.fetch(ctx, http.MethodGet, m.root()+"/props", nil)
	if err != nil {
		return
	}
	var p struct {
		Defaults struct {
			Window looseCount `json:"n_ctx"`
		} `json:"default_generation_settings"`
		Modalities struct {
			Vision bool `json:"vision"`
		} `json:"modalities"`
	}
	if json.Unmarshal(raw, &p) != nil {
		return
	}
	for name := range all {
		all.add(llm.ModelInfo{Name: name, Window: int(p.Defaults.Window), Vision: p.Modalities.Vision})
	}
}

// maxShown bounds how many models are asked about one by one.
const maxShown = 64

// show asks Ollama about each of its models.
func show(ctx context.Context, m *Model, all shelf) {
	for i, info := range all.sorted() {
		if i == maxShown || ctx.Err() != nil {
			return
		}
		body, err := json.Marshal(map[string]string{"model": info.Name})
		if err != nil { // not possible: a string can always be written
			return
		}
		raw, err := m.fetch(ctx, http.MethodPost, m.root()+"/api/show", body)
		if err == nil {
			all.add(readShown(info.Name, raw))
		}
	}
}

// numCtx is the window in the parameters of a model of Ollama's.
var numCtx = regexp.MustCompile(`(?m)^num_ctx\s+(\d+)`)

// readShown reads Ollama's page about one model. The window that the model is set
// to counts before the one it was made for.
func readShown(name string, raw []byte) llm.ModelInfo {
	var s struct {
		Parameters   looseText       `json:"parameters"`
		Capabilities json.RawMessage `json:"capabilities"`
		Info         fields          `json:"model_info"`
	}
	info := llm.ModelInfo{Name: name}
	if json.Unmarshal(raw, &s) != nil {
		return info
	}
	can := readAbilities(s.Capabilities)
	info.Vision, info.Tools = can["vision"] == yes, can["tools"] == yes
	for field, value := range s.Info {
		var n looseCount
		if strings.HasSuffix(field, ".context_length") && n.UnmarshalJSON(value) == nil {
			info.Window = int(n)
		}
	}
	if set := numCtx.FindStringSubmatch(string(s.Parameters)); set != nil {
		info.Window, _ = strconv.Atoi(set[1]) // digits; too many of them are 0
	}
	return info
}
