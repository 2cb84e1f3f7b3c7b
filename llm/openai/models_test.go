package openai_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/llm"
	"switchboard/llm/openai"
)

// pages serves JSON by "METHOD path", 404 for all else.
func pages(t *testing.T, all map[string]string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := all[r.Method+" "+r.URL.Path]
		if !ok || r.Header.Get("Authorization") != "Bearer abcdefgh" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// What endpoints say of their models, in the words of each.
var listings = map[string]struct {
	provider string
	pages    map[string]string
	want     []llm.ModelInfo
}{
	"OpenAI": {
		"OpenAI",
		map[string]string{"GET /v1/models": `{"object":"list","data":[
			{"id":"gpt-5.1","object":"model","created":1,"owned_by":"openai"},{"id":"text-embedding-3-small"},{"id":"whisper-1"},{"id":"gpt-4o"},{"id":"o3-mini"}]}`},
		[]llm.ModelInfo{{Name: "gpt-4o", Vision: true}, {Name: "gpt-5.1", Vision: true}, {Name: "o3-mini"}},
	},
	"OpenRouter": {
		"OpenRouter",
		map[string]string{"GET /v1/models": `{"data":[
			{"id":"x/y","name":"X: Y","context_length":200000,"pricing":{"prompt":"0.0000005","completion":"0.0000015","image":"0"},
			 "architecture":{"input_modalities":["text","image"]},"supported_parameters":["tools","temperature"]},
			{"id":"openrouter/auto","context_length":2000000,"pricing":{"prompt":"-1","completion":"-1"}},
			{"id":"free/one","pricing":{"prompt":"0","completion":"0"},"supported_parameters":null}]}`},
		[]llm.ModelInfo{{Name: "free/one"}, {Name: "openrouter/auto", Window: 2000000}, {Name: "x/y", Window: 200000, InputPrice: 0.5, OutputPrice: 1.5, Vision: true, Tools: true}},
	},
	"Groq":     {"Groq", map[string]string{"GET /v1/models": `{"data":[{"id":"llama","context_window":131072},{"id":"whisper-large-v3","context_window":448}]}`}, []llm.ModelInfo{{Name: "llama", Window: 131072}}},
	"Together": {"Together", map[string]string{"GET /v1/models": `[{"id":"t","context_length":8192,"pricing":{"input":0.18,"output":0.6}}]`}, []llm.ModelInfo{{Name: "t", Window: 8192, InputPrice: 0.18, OutputPrice: 0.6}}},
	"Mistral": {"Mistral", map[string]string{"GET /v1/models": `{"data":[
			{"id":"m","max_context_length":32768,"capabilities":{"completion_chat":true,"function_calling":true,"vision":true}},
			{"id":"ocr","capabilities":{"completion_chat":false}}]}`}, []llm.ModelInfo{{Name: "m", Window: 32768, Vision: true, Tools: true}}},
	"Gemini": {"Google Gemini", map[string]string{"GET /v1/models": `{"data":[{"id":"models/gemini-3-pro"},{"id":"models/gemini-embedding-001"}]}`}, []llm.ModelInfo{{Name: "gemini-3-pro", Vision: true}}},
	"vLLM":   {"vLLM", map[string]string{"GET /v1/models": `{"data":[{"id":"q","max_model_len":40960}]}`}, []llm.ModelInfo{{Name: "q", Window: 40960}}},
	"LM Studio": {"LM Studio", map[string]string{
		"GET /v1/models":     `{"data":[{"id":"a"},{"id":"b"}]}`,
		"GET /api/v0/models": `{"data":[{"id":"a","type":"vlm","max_context_length":131072,"loaded_context_length":4096,"capabilities":["tool_use"]},{"id":"b","type":"llm","max_context_length":32768},{"id":"c","type":"embeddings"}]}`,
	}, []llm.ModelInfo{{Name: "a", Window: 4096, Vision: true, Tools: true}, {Name: "b", Window: 32768}}},
	"Ollama": {"Ollama", map[string]string{
		"GET /v1/models": `{"data":[{"id":"a:8b"}]}`,
		"POST /api/show": `{"parameters":"temperature 1\nnum_ctx    8192","capabilities":["completion","tools","vision"],"model_info":{"llama.context_length":131072}}`,
	}, []llm.ModelInfo{{Name: "a:8b", Window: 8192, Vision: true, Tools: true}}},
	"Ollama, loaded": {"Ollama", map[string]string{
		"GET /v1/models": `{"data":[{"id":"a:8b"}]}`, "POST /api/show": `{"model_info":{"llama.context_length":131072}}`,
		"GET /api/ps": `{"models":[{"name":"a:8b","context_length":4096}]}`,
	}, []llm.ModelInfo{{Name: "a:8b", Window: 4096}}},
	"llama.cpp": {"", map[string]string{
		"GET /v1/models": `{"models":[{"name":"q.gguf"}],"data":[{"id":"q.gguf","meta":{"n_ctx_train":131072}}]}`,
		"GET /props":     `{"default_generation_settings":{"n_ctx":8192},"modalities":{"vision":true}}`,
	}, []llm.ModelInfo{{Name: "q.gguf", Window: 8192, Vision: true}}},
	"odd types":  {"", map[string]string{"GET /v1/models": `{"data":[{"id":"a","capabilities":7,"pricing":"cheap","context_length":"4096"},{"id":7},null,"x",{"id":"b","supported_parameters":"all","context_length":-1}]}`}, []llm.ModelInfo{{Name: "a"}, {Name: "b"}}},
	"none":       {"", map[string]string{"GET /v1/models": `{"data":[]}`}, []llm.ModelInfo{}},
	"said twice": {"", map[string]string{"GET /v1/models": `[{"id":"a","context_length":5},{"id":"a"}]`}, []llm.ModelInfo{{Name: "a", Window: 5}}},
}

func TestModels(t *testing.T) {
	t.Parallel()
	for name, c := range listings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := connect(t, openai.Config{BaseURL: pages(t, c.pages) + "/v1", Provider: c.provider, APIKey: "abcdefgh"})
			got, err := m.Models(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestModelsThatAreNotListed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status     int
		body       string
		kind       llm.ErrorKind
		says, hint string
	}{
		"no such path": {404, `404 page not found`, llm.WrongEndpoint, "does not list", "name the model"},
		"key":          {401, `{"error":{"message":"bad key abcdefgh"}}`, llm.Auth, "bad key [secret]", "refused the API key"},
		"down":         {503, ``, llm.Overloaded, "Service Unavailable", "Try again"},
		"web page":     {200, `<html>`, llm.BadReply, "cannot be read", "base URL"},
		"another JSON": {200, `{"status":"ok"}`, llm.BadReply, "no list", "base URL"},
		"too much":     {200, strings.Repeat(" ", 17<<20), llm.BadReply, "larger", "base URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			}))
			t.Cleanup(s.Close)
			_, err := connect(t, openai.Config{BaseURL: s.URL + "/v1", APIKey: "abcdefgh"}).Models(t.Context())
			var e *llm.Error
			if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(e.Message, c.says) || !strings.Contains(e.Hint, c.hint) {
				t.Errorf("%#v", err)
			}
		})
	}
}

func TestListingEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := connect(t, openai.Config{BaseURL: "https://llm.example/v1", Transport: slowServer{head: time.Hour}})
		start := time.Now()
		_, err := m.Models(t.Context())
		var e *llm.Error
		if !errors.As(err, &e) || e.Kind != llm.Idle || time.Since(start) != 20*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(errEnough) })
		if _, err := m.Models(ctx); err != errEnough {
			t.Errorf("%v", err)
		}
	})
}

// A huge window or price is none, and no listing brings the reading down.
func FuzzModels(f *testing.F) {
	for _, seed := range []string{`{"data":[{"id":"a"}]}`, `[]`, `[{"id":"a","context_length":1e99,"pricing":{"prompt":1e300}}]`, `{"models":[{"name":"a","capabilities":{"x":true}}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		m := connect(t, openai.Config{BaseURL: "https://llm.example/v1", Transport: canned{string(body)}})
		list, err := m.Models(t.Context())
		if err != nil {
			return
		}
		for i, info := range list {
			if info.Name == "" || info.Window < 0 || info.InputPrice < 0 || i > 0 && info.Name <= list[i-1].Name {
				t.Fatalf("%+v", list)
			}
		}
	})
}
