package connect

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// Every mix of flags, configuration and environment: whatever endpoint comes out,
// the key sent there is one that came with its origin.
func TestNoKeyGoesAstray(t *testing.T) {
	t.Parallel()
	bases := []string{
		"", "http://localhost:8080/v1", "https://api.openai.com/v1", "http://api.openai.com/v1", "https://API.OpenAI.com:443",
		"https://openrouter.ai/api/v1", "https://proxy.example/v1", "api.x.ai/v1",
	}
	reached := 0
	for _, flag := range bases {
		for _, inConfig := range bases {
			for _, inEnv := range bases {
				for _, configKey := range []string{"", "config"} {
					o := mix(flag, inConfig, inEnv, configKey)
					reached += checkKey(t, o, inEnv)
				}
			}
		}
	}
	if reached < 500 {
		t.Errorf("only %d mixes led to an endpoint", reached)
	}
}

func mix(flag, inConfig, inEnv, configKey string) Options {
	vars := map[string]string{
		openAIKey: "openai", "OPENROUTER_API_KEY": "openrouter", "XAI_API_KEY": "xai",
		openAIBaseURL: inEnv, modelVariable: "m",
	}
	return Options{
		BaseURL: flag,
		Config:  Config{BaseURL: inConfig, APIKey: configKey},
		Getenv:  func(name string) string { return vars[name] },
	}
}

// checkKey returns 1 when the mix led to an endpoint.
func checkKey(t *testing.T, o Options, inEnv string) int {
	t.Helper()
	base, _ := o.baseURL()
	c, err := o.endpoint(base)
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Message, "no key") {
			t.Errorf("%s: %v", describe(o), err)
		}
		return 0
	}
	defaultTo := func(s string) string {
		if s == "" {
			s = "https://api.openai.com"
		}
		return originOf(s)
	}
	home := map[string]string{
		"config": defaultTo(o.Config.BaseURL), "openai": defaultTo(inEnv),
		"openrouter": "https://openrouter.ai", "xai": "https://api.x.ai",
	}
	if origin := originOf(c.BaseURL); c.APIKey != "" && home[c.APIKey] != origin {
		t.Errorf("%s: the key %q of %s goes to %s", describe(o), c.APIKey, home[c.APIKey], origin)
	}
	return 1
}

func describe(o Options) string {
	return fmt.Sprintf("flag %q, config %q (key %q), environment %q", o.BaseURL, o.Config.BaseURL, o.Config.APIKey, o.env(openAIBaseURL))
}

func TestOriginOf(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://api.openai.com/v1":          "https://api.openai.com",
		" HTTPS://API.openai.com:443/ ":      "https://api.openai.com",
		"api.openai.com/v1":                  "https://api.openai.com",
		"localhost:11434":                    "http://localhost:11434",
		"http://127.0.0.1:80":                "http://127.0.0.1",
		"[::1]:8080/v1":                      "http://[::1]:8080",
		"https://user:secret@proxy.example/": "https://proxy.example",
		"http://[":                           "",
		"https:///v1":                        "",
	} {
		if got := originOf(in); got != want {
			t.Errorf("originOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsNear(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"http://localhost": true, "http://127.0.0.1:11434": true, "http://[::1]:8080": true, "http://0.0.0.0:8000": true,
		"http://192.168.1.7:8000": true, "http://gpu:8000": true, "http://gpu.local": true, "http://host.docker.internal:1234": true,
		"https://api.openai.com": false, "https://8.8.8.8": false, "https://localhost.example.com": false, "": false,
	} {
		if got := isNear(in); got != want {
			t.Errorf("isNear(%q) = %t, want %t", in, got, want)
		}
	}
}

func TestProvidersAreWhole(t *testing.T) {
	t.Parallel()
	for _, p := range providers {
		if len(p.keys) == 0 || (p.baseURL == "") == (p.domain == "") || p.baseURL != "" && p.model == "" {
			t.Errorf("provider %+v lacks a key, an endpoint or a model", p)
		}
	}
}
