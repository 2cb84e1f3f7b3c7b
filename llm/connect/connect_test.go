package connect_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/connect"
)

// env makes an environment of NAME=value pairs.
func env(pairs ...string) func(string) string {
	return func(name string) string {
		for _, p := range pairs {
			if k, v, _ := strings.Cut(p, "="); k == name {
				return v
			}
		}
		return ""
	}
}

const local = "http://127.0.0.1:11434/v1"

// choices are mixes of flags, configuration and environment, and what comes of
// them.
var choices = map[string]struct {
	o        connect.Options
	provider string // of the chosen model
	model    string
	why      string
	fails    string // in the error
}{
	"nothing at all": {
		o: connect.Options{}, provider: "offline", model: "word matcher", why: "no model is configured",
	},
	"--offline beats all": {
		o: connect.Options{
			Offline: true, Model: "gpt-5.1", BaseURL: local,
			Config: connect.Config{Name: "x", Missing: []string{"KEY"}}, Getenv: env("OPENAI_API_KEY=k"),
		},
		provider: "offline", model: "word matcher", why: "the flag --offline is set",
	},
	"--model offline": {
		o:        connect.Options{Model: "offline", Getenv: env("OPENAI_API_KEY=k")},
		provider: "offline", model: "word matcher", why: "the flag --model says so",
	},
	"config says offline": {
		o:        connect.Options{Config: connect.Config{Name: "offline"}, Getenv: env("OPENAI_API_KEY=k")},
		provider: "offline", model: "word matcher", why: "the configuration says so",
	},
	"environment says offline": {
		o:        connect.Options{Getenv: env("SWITCHBOARD_MODEL=offline", "OPENAI_API_KEY=k")},
		provider: "offline", model: "word matcher", why: "SWITCHBOARD_MODEL says so",
	},
	"--model beats a config that says offline": {
		o:        connect.Options{Model: "gpt-5.1", Config: connect.Config{Name: "offline"}, Getenv: env("OPENAI_API_KEY=k")},
		provider: "OpenAI", model: "gpt-5.1", why: "the flag --model names it",
	},
	"a key alone": {
		o:        connect.Options{Getenv: env("OPENAI_API_KEY=k")},
		provider: "OpenAI", model: "gpt-5.1", why: "OPENAI_API_KEY is set in the environment",
	},
	"a blank key is none": {
		o:        connect.Options{Getenv: env("OPENAI_API_KEY=  ")},
		provider: "offline", model: "word matcher", why: "no model is configured",
	},
	"keys are tried in order": {
		o:        connect.Options{Getenv: env("XAI_API_KEY=x", "GOOGLE_API_KEY=g", "ANTHROPIC_API_KEY=a")},
		provider: "Anthropic", model: "claude-sonnet-4-6", why: "ANTHROPIC_API_KEY is set in the environment",
	},
	"the second name of a key": {
		o:        connect.Options{Getenv: env("GOOGLE_API_KEY=g")},
		provider: "Google Gemini", model: "gemini-flash-latest", why: "GOOGLE_API_KEY is set in the environment",
	},
	"the model's maker before the order": {
		o:        connect.Options{Model: "claude-opus-4-8", Getenv: env("OPENAI_API_KEY=k", "ANTHROPIC_API_KEY=a")},
		provider: "Anthropic", model: "claude-opus-4-8", why: "the flag --model names it",
	},
	"maker/model is OpenRouter's": {
		o:        connect.Options{Getenv: env("SWITCHBOARD_MODEL=qwen/qwen3", "OPENAI_API_KEY=k", "OPENROUTER_API_KEY=r")},
		provider: "OpenRouter", model: "qwen/qwen3", why: "SWITCHBOARD_MODEL names it",
	},
	"OPENAI_BASE_URL on this machine without a key": {
		o:        connect.Options{Getenv: env("OPENAI_BASE_URL="+local, "SWITCHBOARD_MODEL=qwen3:8b")},
		provider: "Ollama", model: "qwen3:8b", why: "SWITCHBOARD_MODEL names it",
	},
	"OPENAI_BASE_URL without a name for the model": {
		o: connect.Options{Getenv: env("OPENAI_BASE_URL=" + local)}, fails: "no model is named for http://127.0.0.1:11434",
	},
	"--base-url with another host's key": {
		o:     connect.Options{BaseURL: "https://proxy.example/v1", Model: "m", Getenv: env("OPENAI_API_KEY=secret")},
		fails: "OPENAI_API_KEY is for https://api.openai.com and goes nowhere else",
	},
	"--base-url of a provider whose key is there": {
		o:        connect.Options{BaseURL: "https://api.deepseek.com/v1", Getenv: env("OPENAI_API_KEY=k", "DEEPSEEK_API_KEY=d")},
		provider: "DeepSeek", model: "deepseek-v4-flash", why: "the flag --base-url names its endpoint",
	},
	"--base-url of a provider whose key is not there": {
		o: connect.Options{BaseURL: "https://api.mistral.ai/v1", Getenv: env("OPENAI_API_KEY=k")}, fails: "set MISTRAL_API_KEY",
	},
	"Azure, whose customers have hosts of their own": {
		o:        connect.Options{BaseURL: "https://acme.openai.azure.com/openai/v1", Model: "gpt", Getenv: env("AZURE_OPENAI_API_KEY=z")},
		provider: "Azure OpenAI", model: "gpt", why: "the flag --model names it",
	},
	"--model with the config's endpoint": {
		o: connect.Options{Model: "other", Config: connect.Config{
			Name: "first", BaseURL: "https://proxy.example/v1", APIKey: "c",
		}},
		provider: "proxy.example", model: "other", why: "the flag --model names it",
	},
	"--base-url elsewhere leaves the config's key behind": {
		o: connect.Options{BaseURL: "https://other.example/v1", Config: connect.Config{
			Name: "m", BaseURL: "https://proxy.example/v1", APIKey: "c",
		}},
		fails: "there is no key for https://other.example",
	},
	"--base-url elsewhere with the config's name": {
		o:        connect.Options{BaseURL: local, Config: connect.Config{Name: "m", BaseURL: "https://proxy.example/v1", APIKey: "c"}},
		provider: "Ollama", model: "m", why: "the flag --base-url names its endpoint",
	},
	"config alone": {
		o:        connect.Options{Config: connect.Config{Name: "gpt-5.1", APIKey: "c"}, Getenv: env("ANTHROPIC_API_KEY=a")},
		provider: "OpenAI", model: "gpt-5.1", why: "the configuration names it",
	},
	"config with a key of the environment": {
		o:        connect.Options{Config: connect.Config{BaseURL: "https://api.x.ai/v1"}, Getenv: env("XAI_API_KEY=x")},
		provider: "xAI", model: "grok-4.3", why: "the configuration names it",
	},
	"config with headers instead of a key": {
		o: connect.Options{Config: connect.Config{
			Name: "m", BaseURL: "https://proxy.example/v1", Headers: map[string]string{"X-Token": "t"},
		}},
		provider: "proxy.example", model: "m", why: "the configuration names it",
	},
	"config's name with a key of the environment": {
		o:        connect.Options{Config: connect.Config{Name: "grok-5"}, Getenv: env("OPENAI_API_KEY=k", "XAI_API_KEY=x", "SWITCHBOARD_MODEL=m")},
		provider: "xAI", model: "grok-5", why: "the configuration names it",
	},
	"config with an unset variable": {
		o:     connect.Options{Config: connect.Config{Name: "m", Missing: []string{"A_KEY", "B_URL"}}, Getenv: env("OPENAI_API_KEY=k")},
		fails: "A_KEY and B_URL",
	},
	"--base-url elsewhere needs no variable of the config": {
		o:        connect.Options{BaseURL: local, Model: "m", Config: connect.Config{BaseURL: "https://proxy.example", Missing: []string{"A_KEY"}}},
		provider: "Ollama", model: "m", why: "the flag --model names it",
	},
	"a name and nothing else": {
		o: connect.Options{Model: "claude-opus-4-8"}, fails: "set ANTHROPIC_API_KEY",
	},
	"an endpoint in the home network": {
		o:        connect.Options{BaseURL: "192.168.1.5:8000", Model: "m"},
		provider: "192.168.1.5:8000", model: "m", why: "the flag --model names it",
	},
	"no URL": {
		o: connect.Options{BaseURL: "http://[", Model: "m"}, fails: "cannot be read",
	},
	"no web URL": {
		o: connect.Options{BaseURL: "ftp://localhost/", Model: "m"}, fails: "ftp",
	},
}

func TestChoose(t *testing.T) {
	t.Parallel()
	for name, tc := range choices {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := connect.Choose(tc.o)
			if tc.fails != "" {
				if err == nil || !strings.Contains(err.Error(), tc.fails) {
					t.Fatalf("error %v, want %q in it", err, tc.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			info := got.Model.Info()
			if info.Provider != tc.provider || info.Name != tc.model || got.Why != tc.why {
				t.Errorf("got %q %q because %q, want %q %q because %q",
					info.Provider, info.Name, got.Why, tc.provider, tc.model, tc.why)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	warm := 0.7
	want := connect.Settings{MaxOutput: 900, Temperature: &warm, Effort: "low"}
	got, err := connect.Choose(connect.Options{Model: "m", BaseURL: "http://localhost:1", Config: connect.Config{Settings: want}})
	if err != nil || got.Settings != want {
		t.Errorf("settings %+v, %v, want %+v", got.Settings, err, want)
	}
}

func TestErrorsTellWhatToDo(t *testing.T) {
	t.Parallel()
	_, err := connect.Choose(connect.Options{Model: "gpt-5.1"})
	var e *connect.Error
	if !errors.As(err, &e) || e.Message == "" || e.Hint == "" {
		t.Errorf("error %#v, want a message and a hint", err)
	}
}

// What matters is what goes over the wire, so this one asks a real endpoint.
func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		o    func(base string) connect.Options
		key  string
		head string
	}{
		"the config's key and headers to the config's endpoint": {
			o: func(base string) connect.Options {
				return connect.Options{Config: connect.Config{
					Name: "m", BaseURL: base, APIKey: "config-key", Headers: map[string]string{"X-Team": "red"},
				}, Getenv: env("OPENAI_API_KEY=env-key")}
			},
			key: "Bearer config-key", head: "red",
		},
		"the environment's key to the environment's endpoint": {
			o: func(base string) connect.Options {
				return connect.Options{Model: "m", Getenv: env("OPENAI_API_KEY=env-key", "OPENAI_BASE_URL="+base)}
			},
			key: "Bearer env-key",
		},
		"nothing to another endpoint": {
			o: func(base string) connect.Options {
				return connect.Options{Model: "m", BaseURL: base, Config: connect.Config{
					BaseURL: "https://proxy.example/v1", APIKey: "config-key", Headers: map[string]string{"X-Team": "red"},
				}, Getenv: env("OPENAI_API_KEY=env-key", "XAI_API_KEY=x-key")}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := make(chan http.Header, 1)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen <- r.Header
				w.Header().Set("Content-Type", "text/event-stream")
				_, _ = w.Write([]byte("data: {\"choices\":[{\"delta\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"))
			}))
			t.Cleanup(server.Close)
			choice, err := connect.Choose(tc.o(server.URL + "/v1"))
			if err != nil {
				t.Fatal(err)
			}
			drain(t, choice.Model)
			h := <-seen
			if got := h.Get("Authorization"); got != tc.key {
				t.Errorf("Authorization %q, want %q", got, tc.key)
			}
			if got := h.Get("X-Team"); got != tc.head {
				t.Errorf("X-Team %q, want %q", got, tc.head)
			}
		})
	}
}

func drain(t *testing.T, m llm.Model) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, err := range m.Stream(ctx, llm.Request{Messages: []llm.Message{llm.Say(llm.User, "hi")}}) {
		if err != nil {
			t.Fatal(err)
		}
	}
}
