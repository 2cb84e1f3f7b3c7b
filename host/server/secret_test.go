package server

import (
	"slices"
	"strings"
	"testing"

	"switchboard/host/config"
	"switchboard/host/server/record"
)

func TestSecretsAreFound(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		cfg    config.Server
		secret string // must be masked
	}{
		"token":                  {config.Server{Env: []string{"GITHUB_TOKEN=abcd"}}, "abcd"},
		"any long value":         {config.Server{Env: []string{"WHATEVER=Tr0ub4dor&3"}}, "Tr0ub4dor&3"},
		"password in a URL":      {config.Server{Env: []string{"DB=postgres://me:s3cr3t@db/x"}}, "s3cr3t"},
		"key in a path":          {config.Server{Env: []string{"HOOK=https://hooks.example.com/T0/ab12cd34ef56ab78cd90"}}, "ab12cd34ef56ab78cd90"},
		"header":                 {config.Server{Headers: map[string]string{"X-Api-Key": "zzzz9"}}, "zzzz9"},
		"bearer":                 {config.Server{Headers: map[string]string{"Authorization": "Bearer abc.def"}}, "abc.def"},
		"basic, password":        {config.Server{Headers: map[string]string{"Authorization": "Basic bWU6aHVudGVyMjI="}}, "hunter22"},
		"basic, encoded":         {config.Server{Headers: map[string]string{"Authorization": "Basic bWU6aHVudGVyMjI="}}, "bWU6aHVudGVyMjI"},
		"query of the URL":       {config.Server{URL: "https://a.example/mcp?apiKey=q1w2e3"}, "q1w2e3"},
		"user of the URL":        {config.Server{URL: "https://tokentoken@a.example/mcp"}, "tokentoken"},
		"path of the URL":        {config.Server{URL: "https://a.example/s/Zm9vYmFyYmF6cXV4MTIz/mcp"}, "Zm9vYmFyYmF6cXV4MTIz"},
		"after a flag":           {config.Server{Args: []string{"--api-key", "k-1234"}}, "k-1234"},
		"in a flag":              {config.Server{Args: []string{"--password=pa55"}}, "pa55"},
		"assigned":               {config.Server{Args: []string{"-e", "SLACK_BOT_TOKEN=x0x0"}}, "x0x0"},
		"shape":                  {config.Server{Args: []string{"serve", "ghp_0123456789abcdefABCD"}}, "ghp_0123456789abcdefABCD"},
		"URL in an argument":     {config.Server{Args: []string{"postgresql://u:pw99@h/d"}}, "pw99"},
		"URL in a flag":          {config.Server{Args: []string{"--dsn-file=x", "--db=mysql://u:pw99@h/d"}}, "pw99"},
		"header in an argument":  {config.Server{Args: []string{"--header", "Authorization: Bearer abcd1234"}}, "abcd1234"},
		"name with a hyphen":     {config.Server{Args: []string{"--personal-access-token", "zzzz"}}, "zzzz"},
		"PAT as a word":          {config.Server{Env: []string{"ADO_PAT=abcd"}}, "abcd"},
		"base64 like a path":     {config.Server{Env: []string{"X=/9j4AAQSkZJRgABAQ/x"}}, "/9j4AAQSkZJRgABAQ/x"},
		"key file, line by line": {config.Server{Env: []string{"PRIVATE_KEY=-----BEGIN-----\nMIIEvQIBADAN\n-----END-----"}}, "MIIEvQIBADAN"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mask := record.NewMasker(secrets(c.cfg)...)
			if got := mask.String("<" + c.secret + ">"); got != "<"+record.Mark+">" {
				t.Errorf("%q is shown as %q; known are %q", c.secret, got, secrets(c.cfg))
			}
		})
	}
}

// What is no secret stays readable.
func TestHarmlessValues(t *testing.T) {
	t.Parallel()
	cfg := config.Server{
		Env: []string{
			"PORT=8080", "MODE=stdio", "NODE_ENV=production", "ROOT=/home/me/my project", "API=https://api.example.com/v1",
			"MAX_TOKENS=4096", "LANG=de_DE.UTF-8", "ADDRESS=localhost:5432", "EMPTY=", "VERSION=2025-06-18",
		},
		Headers: map[string]string{"Accept": "application/json", "User-Agent": "switchboard/1.0"},
		Args:    []string{"-y", "@modelcontextprotocol/server-filesystem", "/home/me", "--max-tokens", "4096", "--author=me", "--port=80"},
		URL:     "https://mcp.example.com/v1/mcp?limit=20",
	}
	if got := secrets(cfg); len(got) > 0 && strings.Join(got, "") != "" {
		t.Errorf("taken for secrets: %q", got)
	}
}

func TestShownArguments(t *testing.T) {
	t.Parallel()
	cfg := config.Server{Args: []string{"--token", "abc", "--pin-secret=1", "run", "hunter2222", "-p"}, Env: []string{"X=hunter2222"}}
	mask := record.NewMasker(secrets(cfg)...)
	want := []string{"--token", "•••", "--pin-secret=•••", "run", "•••", "-p"}
	if got := shownArguments(cfg.Args, mask); !slices.Equal(got, want) {
		t.Errorf("shown as %q, want %q", got, want)
	}
}

func TestShownURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://a.example/mcp":                   "https://a.example/mcp",
		"https://me:pw@a.example/mcp?key=abc&n=1": "https://me:•••@a.example/mcp?key=•••&n=1",
		"http://a.example/?token=a%20bcd":         "http://a.example/?token=•••",
	} {
		b := newBook(config.Server{Name: "s", URL: address}, Options{})
		if got := b.shownURL(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}

func TestGreeting(t *testing.T) {
	t.Parallel()
	g := greeting{result: []byte(`{"serverInfo":{"name":"n","title":5,"version":"1"},"instructions":"do",
		"capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true,"listChanged":false},"logging":{},"experimental":null,"odd":7}}`)}
	h, declared := g.read()
	if want := []string{"logging", "odd", "resources (subscriptions)", "tools (list changes)"}; !slices.Equal(h.Capabilities, want) {
		t.Errorf("capabilities %q, want %q", h.Capabilities, want)
	}
	if h.Name.Raw() != "n" || !h.Title.Empty() || h.Version.Raw() != "1" || h.Instructions.Raw() != "do" || !declared.has("logging") || declared.has("experimental") {
		t.Errorf("%+v, %v", h, declared)
	}
	modern := greeting{result: []byte(`{"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"m"}}}`)}
	if h, declared := modern.read(); h.Name.Raw() != "m" || len(h.Capabilities) != 0 || declared.has("tools") {
		t.Errorf("%+v", h)
	}
	if h, _ := (greeting{result: []byte(`[`)}).read(); !h.Name.Empty() {
		t.Errorf("%+v", h)
	}
}
