package ui_test

import (
	"reflect"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

// shelf is what a session might be told of models.
func shelf() []host.Event {
	const openAI, ollama = "https://api.openai.com/v1", "http://127.0.0.1:11434/v1"
	return []host.Event{
		host.ModelChosen{
			Provider: "OpenAI", Name: "gpt-5.1", Why: "the configuration names it",
			Ref: host.ModelRef{Source: openAI, Name: "gpt-5.1"}, Window: 400000,
		},
		host.ModelsListed{Sources: []host.ModelSource{
			{ID: "models", Name: "Your configuration", About: `the section "models"`, Models: []host.ModelOffer{
				{Name: "fast", About: "gpt-5.1-mini", Window: 400000, Vision: true},
				{Name: "proxy", About: "needs PROXY_KEY"},
			}},
			{ID: openAI, Name: "OpenAI", About: "OPENAI_API_KEY is set in the environment", Models: []host.ModelOffer{
				{Name: "gpt-5.1", Window: 400000, InputPrice: 1.25, OutputPrice: 10, Vision: true, Tools: true},
				{Name: "gpt-5.1-mini", Window: 400000, InputPrice: 0.25, OutputPrice: 2, Vision: true, Tools: true},
			}},
			{
				ID: "https://api.x.ai/v1", Name: "xAI", About: "XAI_API_KEY is set in the environment",
				Key:    host.KeyUse{Variable: "XAI_API_KEY", Provider: "xAI", Origin: "https://api.x.ai"},
				Models: []host.ModelOffer{{Name: "grok-4.3"}},
			},
			{ID: "https://proxy.example/v1", Name: "proxy.example", Problem: clean.Foreign("proxy.example: the key was refused (HTTP 401). Check the key.\x1b[31m")},
			{ID: ollama, Name: "Ollama on this machine", About: "127.0.0.1:11434", Models: []host.ModelOffer{
				{Name: "qwen3:8b", Window: 32768, Tools: true}, {Name: "gemma3:4b", Window: 8192, Vision: true},
			}},
			{ID: "http://127.0.0.1:8080/v1", Name: "llama.cpp on this machine", About: "127.0.0.1:8080", Asking: true},
			{ID: "offline", Name: "Built in", About: "no key, no network, no language model", Models: []host.ModelOffer{{Name: "offline", About: "word matcher"}}},
		}},
	}
}

func TestModels(t *testing.T) {
	t.Parallel()
	sizes := map[string]uitest.Size{"120x36": {Width: 120, Height: 36}, "80x24": {Width: 80, Height: 24}, "50x20": {Width: 50, Height: 20}}
	for name, size := range sizes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			on(t, size, func(d *uitest.Driver, e *uitest.Engine) {
				d.Type("/model ")
				d.Press("enter")
				e.Play(shelf()...)
				d.Expect("OpenAI")
				d.Wait(100 * time.Millisecond)
				d.Golden()
			})
		})
	}
}

func TestAModelIsSwitchedTo(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("/model ")
		d.Press("enter")
		e.Play(shelf()...)
		d.ExpectRow("▸ gpt-5.1 ", "answers now")
		d.Type("ollama gemma")
		d.ExpectNot("gpt-5.1-mini")
		d.ExpectRow("▸ gemma3:4b", "8.2k", "sees images")
		d.ExpectRow("1 of 8 models")
		d.Press("enter")
		d.ExpectNot("gemma3:4b")
		want := host.ModelRef{Source: "http://127.0.0.1:11434/v1", Name: "gemma3:4b"}
		if ops := uitest.Only[host.SetModel](e); len(ops) != 1 || ops[0].Ref != want {
			t.Errorf("switched to %v", ops)
		}
		if ops := uitest.Only[host.ListModels](e); len(ops) != 2 || !ops[0].On || ops[1].On {
			t.Errorf("listed %v", ops)
		}
	})
}

func TestTheModelThatAnswersStays(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("/model ")
		d.Press("enter")
		e.Play(shelf()...)
		d.Expect("gpt-5.1-mini")
		d.Paste("nothing\nlike it")
		d.Expect("0 of 8 models")
		d.Press("enter")
		d.Expect("no model fits")
		d.Press("esc")
		d.ExpectRow("8 models")
		d.Press("enter")
		d.Expect("this model answers already")
		if ops := uitest.Only[host.SetModel](e); len(ops) != 0 {
			t.Errorf("switched to %v", ops)
		}
	})
}

func TestAModelByItsName(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(shelf()...)
		d.Type("/model qw")
		d.ExpectRow("▸", "qwen3:8b")
		d.Press("tab", "enter")
		if ops := uitest.Only[host.SetModel](e); len(ops) != 1 || ops[0].Ref != (host.ModelRef{Name: "qwen3:8b"}) {
			t.Errorf("switched to %v", ops)
		}
	})
}

func TestAKeyOfTheEnvironmentIsAskedFor(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]host.Answer{
		"s": host.Approve{Scope: host.Session}, "a": host.Approve{Scope: host.Always}, "d": host.Deny{},
	} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
				e.Play(host.Asked{ID: 7, At: time.Now(), Question: host.KeyUse{
					Variable: "OPENAI_API_KEY", Provider: "OpenAI", Origin: "https://api.openai.com", Model: "gpt-5.1",
				}})
				d.Expect("use OPENAI_API_KEY for OpenAI?")
				d.Press("ctrl+t")
				d.ExpectRow("goes to", "https://api.openai.com")
				d.Expect("nothing has been sent yet")
				d.Wait(time.Second)
				d.Press("enter")
				if got := e.Answers(); len(got) != 0 {
					t.Fatalf("enter answered %v", got)
				}
				if key == "s" {
					d.Golden()
				}
				d.Press(key)
				if got := e.Answers(); len(got) != 1 || got[0].ID != 7 || !reflect.DeepEqual(got[0].Answer, want) {
					t.Errorf("answered %#v", got)
				}
			})
		})
	}
}
