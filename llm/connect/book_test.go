package connect_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"switchboard/llm/connect"
)

// A net is a network in which requests are answered by host and path, and what was
// sent over it.
type net struct {
	pages map[string]string // by "host/path"

	mu   sync.Mutex
	sent []string // "host/path key"
}

func (n *net) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	at := strings.Replace(r.URL.Host, "localhost", "127.0.0.1", 1) + r.URL.Path
	n.sent = append(n.sent, strings.TrimSpace(at+" "+r.Header.Get("Authorization")))
	w := httptest.NewRecorder()
	page, ok := n.pages[at]
	if !ok {
		return nil, fmt.Errorf("nothing listens at %s", at)
	}
	if page == "refused" {
		w.WriteHeader(http.StatusUnauthorized)
		page = `{"error":{"message":"the key is wrong"}}`
	}
	_, _ = w.WriteString(page)
	return w.Result(), nil
}

// to tells what was sent to a host.
func (n *net) to(host string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(n.sent), func(s string) bool { return !strings.HasPrefix(s, host) })
}

// world has a provider that is paid for, one whose key is wrong, Ollama, and
// something else on the port of llama.cpp.
func world() *net {
	return &net{pages: map[string]string{
		"api.openai.com/v1/models":   `{"data":[{"id":"gpt-5.1"},{"id":"gpt-5.1-mini","context_window":400000},{"id":"text-embedding-3"}]}`,
		"api.x.ai/v1/models":         `refused`,
		"127.0.0.1:11434/api/tags":   `{"models":[{"name":"qwen3:8b"}]}`,
		"127.0.0.1:11434/v1/models":  `{"data":[{"id":"qwen3:8b"}]}`,
		"127.0.0.1:11434/api/show":   `{"capabilities":["tools","vision"],"model_info":{"qwen3.context_length":40960}}`,
		"127.0.0.1:11434/api/ps":     `{"models":[]}`,
		"127.0.0.1:8080/props":       `{"swagger":"2.0"}`,
		"127.0.0.1:8000/v1/models":   `<html>hello</html>`,
		"proxy.example/v1/models":    `{"data":[{"id":"house-model","context_length":1000}]}`,
		"127.0.0.1:1234/api/v0/none": ``,
	}}
}

func always(connect.Key) bool  { return true }
func never(k connect.Key) bool { return k == connect.Key{} }

// book opens the book of a session.
func book(t *testing.T, o connect.Options) *connect.Book {
	t.Helper()
	start, err := connect.Choose(o)
	if err != nil {
		t.Fatal(err)
	}
	return connect.NewBook(o, start)
}

// listed is the last that a book tells, by the names of the sources.
func listed(t *testing.T, b *connect.Book, may func(connect.Key) bool) map[string]connect.Source {
	t.Helper()
	var last []connect.Source
	b.List(t.Context(), may, func(now []connect.Source) { last = now })
	byName := map[string]connect.Source{}
	for _, s := range last {
		if s.Asking {
			t.Errorf("%s is still being asked", s.Name)
		}
		byName[s.Name] = s
	}
	return byName
}

func TestListTellsOfAllSources(t *testing.T) {
	t.Parallel()
	n := world()
	b := book(t, connect.Options{
		Transport: n, Getenv: env("OPENAI_API_KEY=o", "XAI_API_KEY=x"),
		Config: connect.Config{Name: "house-model", BaseURL: "https://proxy.example/v1", APIKey: "p"},
		Entries: []connect.Config{
			{Entry: "fast", Name: "gpt-5.1-mini", Window: 9},
			{Entry: "broken", Missing: []string{"A_KEY"}},
			{Entry: "local", Name: "qwen3:8b", BaseURL: "http://localhost:11434/v1"},
		},
	})
	all := listed(t, b, always)
	names := func(source string) string {
		var out []string
		for _, o := range all[source].Models {
			out = append(out, o.Name)
		}
		return strings.Join(out, " ")
	}
	for source, want := range map[string]string{
		"Your configuration": "fast broken local", "proxy.example": "house-model", "OpenAI": "gpt-5.1 gpt-5.1-mini",
		"Ollama": "qwen3:8b", "Built in": "offline", "xAI": "",
	} {
		if got := names(source); got != want {
			t.Errorf("%s offers %q, want %q", source, got, want)
		}
	}
	if len(all) != 6 {
		t.Errorf("%d sources: %v", len(all), all)
	}
	if p := all["xAI"].Problem; p == nil || !strings.Contains(p.Error(), "the key is wrong") {
		t.Errorf("xAI: %v", p)
	}
	if m := all["Ollama"].Models[0]; m.Window != 40960 || !m.Tools || !m.Vision {
		t.Errorf("Ollama tells %+v", m)
	}
	if got := all["Your configuration"].Models[1].About; got != "needs A_KEY" {
		t.Errorf("an entry without its key says %q", got)
	}
	if got := n.to("proxy.example"); !slices.Equal(got, []string{"proxy.example/v1/models Bearer p"}) {
		t.Errorf("sent to the proxy: %v", got)
	}
}

func TestAKeyIsNotUsedWithoutLeave(t *testing.T) {
	t.Parallel()
	n := world()
	b := book(t, connect.Options{Transport: n, Getenv: env("OPENAI_API_KEY=o")})
	s := listed(t, b, never)["OpenAI"]
	want := connect.Key{Variable: "OPENAI_API_KEY", Provider: "OpenAI", Origin: "https://api.openai.com"}
	if s.Key != want || len(s.Models) != 1 || s.Models[0].Name != "gpt-5.1" {
		t.Errorf("%+v", s)
	}
	c, err := b.Connect(t.Context(), connect.Ref{Source: s.ID, Name: "gpt-5.1"}, never)
	if err != nil || c.Key != want {
		t.Errorf("%+v, %v", c, err)
	}
	if sent := n.to("api.openai.com"); len(sent) > 0 {
		t.Errorf("without leave it sent %v", sent)
	}
	for _, s := range n.to("127.0.0.1") {
		if strings.Contains(s, "Bearer") {
			t.Errorf("a server on this machine was sent %q", s)
		}
	}
}

func TestTheFirstModelTellsOfItsKey(t *testing.T) {
	t.Parallel()
	key := "OPENAI_API_KEY=k"
	tests := map[string]struct {
		o    connect.Options
		asks bool
	}{
		"a key alone":          {connect.Options{Getenv: env(key)}, true},
		"the flag names it":    {connect.Options{Model: "gpt-5.1", Getenv: env(key)}, false},
		"the variable does":    {connect.Options{Getenv: env(key, "SWITCHBOARD_MODEL=gpt-5.1")}, false},
		"the config does":      {connect.Options{Config: connect.Config{Name: "gpt-5.1"}, Getenv: env(key)}, false},
		"an entry does":        {connect.Options{Model: "fast", Entries: []connect.Config{{Entry: "fast", Name: "gpt-5.1"}}, Getenv: env(key)}, false},
		"the config's own key": {connect.Options{Config: connect.Config{APIKey: "c"}, Getenv: env(key)}, false},
		"on this machine":      {connect.Options{Model: "m", BaseURL: local, Getenv: env(key)}, false},
	}
	for name, test := range tests {
		c, err := connect.Choose(test.o)
		if err != nil || (c.Key != connect.Key{}) != test.asks {
			t.Errorf("%s: %+v, %v", name, c.Key, err)
		}
	}
}

func TestConnect(t *testing.T) {
	t.Parallel()
	warm := 0.5
	o := connect.Options{
		Getenv: env("OPENAI_API_KEY=o"),
		Config: connect.Config{
			Name: "house-model", BaseURL: "https://proxy.example/v1", APIKey: "p", Settings: connect.Settings{Temperature: &warm},
		},
		Entries: []connect.Config{
			{Entry: "fast", Name: "gpt-5.1-mini", Window: 9, Settings: connect.Settings{Effort: "low"}},
			{Entry: "broken", Missing: []string{"A_KEY"}},
		},
	}
	tests := map[string]struct {
		ref                   connect.Ref
		provider, name, fails string
		window                int
	}{
		"an entry":                       {connect.Ref{Name: "fast"}, "OpenAI", "gpt-5.1-mini", "", 9},
		"the matcher":                    {connect.Ref{Name: "offline"}, "offline", "word matcher", "", 0},
		"a model of the endpoint":        {connect.Ref{Name: "house-model"}, "proxy.example", "house-model", "", 1000},
		"a model on this machine":        {connect.Ref{Name: "qwen3:8b"}, "Ollama", "qwen3:8b", "", 40960},
		"a model of another provider":    {connect.Ref{Name: "gpt-5.1"}, "OpenAI", "gpt-5.1", "", 0},
		"an entry without its key":       {connect.Ref{Name: "broken"}, "", "", "A_KEY", 0},
		"an entry that is none":          {connect.Ref{Source: connect.EntrySource, Name: "x"}, "", "", "no model called x", 0},
		"nearly a name":                  {connect.Ref{Name: "hause-model"}, "", "", "did you mean house-model?", 0},
		"nearly a name, in quotes":       {connect.Ref{Name: `"hause-model"`}, "proxy.example", "hause-model", "", 0},
		"a name that nobody lists":       {connect.Ref{Name: "zzz-9"}, "proxy.example", "zzz-9", "", 0},
		"an endpoint that needs a key":   {connect.Ref{Source: "https://api.x.ai/v1", Name: "grok"}, "", "", "XAI_API_KEY", 0},
		"an endpoint and one of its own": {connect.Ref{Source: "https://api.openai.com/v1", Name: "gpt-5.1"}, "OpenAI", "gpt-5.1", "", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := o
			o.Transport = world()
			c, err := book(t, o).Connect(t.Context(), test.ref, always)
			if test.fails != "" {
				if err == nil || !strings.Contains(err.Error(), test.fails) {
					t.Fatalf("error %v, want %q in it", err, test.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			info := c.Model.Info()
			if info.Provider != test.provider || info.Name != test.name || info.Window != test.window || c.Why != "you chose it" {
				t.Errorf("%+v because %s", info, c.Why)
			}
			if test.provider == "proxy.example" && c.Settings.Temperature != &warm || test.name == "gpt-5.1-mini" && c.Settings.Effort != "low" {
				t.Errorf("settings %+v", c.Settings)
			}
		})
	}
}

func TestNearby(t *testing.T) {
	t.Parallel()
	ask := func(o connect.Options) string { return book(t, o).Nearby(t.Context()) }
	if got := ask(connect.Options{Transport: world()}); got != "Ollama answers on this machine: /model lists its models" {
		t.Error(got)
	}
	if got := ask(connect.Options{Transport: &net{}}); got != "" {
		t.Errorf("with nothing there it says %q", got)
	}
	both := world()
	both.pages["127.0.0.1:8000/v1/models"] = `{"object":"list","data":[{"id":"m"}]}`
	if got := ask(connect.Options{Transport: both}); !strings.HasPrefix(got, "Ollama and vLLM answer") {
		t.Error(got)
	}
	asked := world()
	if got := ask(connect.Options{Transport: asked, Offline: true}); got != "" || len(asked.sent) > 0 {
		t.Errorf("who wants the matcher hears %q, and %v was asked", got, asked.sent)
	}
}
