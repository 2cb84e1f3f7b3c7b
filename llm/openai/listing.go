package openai

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"switchboard/llm"
)

// A listEntry is a model as lists describe it, under all the names that are in
// use.
type listEntry struct {
	ID   looseText `json:"id"`
	Name looseText `json:"name"` // Ollama
	Type looseText `json:"type"` // LM Studio: llm, vlm, embeddings

	LoadedWindow  looseCount `json:"loaded_context_length"` // LM Studio: as it runs, the others as it could
	ContextLength looseCount `json:"context_length"`        // OpenRouter, Ollama's /api/ps
	ContextWindow looseCount `json:"context_window"`        // Groq
	MaxModelLen   looseCount `json:"max_model_len"`         // vLLM
	MaxContext    looseCount `json:"max_context_length"`    // Mistral, LM Studio
	Meta          struct {
		Trained looseCount `json:"n_ctx_train"` // llama.cpp
	} `json:"meta"`

	Pricing struct {
		Prompt     loosePrice `json:"prompt"` // OpenRouter: for one token
		Completion loosePrice `json:"completion"`
		Input      loosePrice `json:"input"` // Together: for a million
		Output     loosePrice `json:"output"`
	} `json:"pricing"`

	Architecture struct {
		Input []string `json:"input_modalities"` // OpenRouter
	} `json:"architecture"`
	Modalities   []string        `json:"input_modalities"`     // xAI
	Parameters   []string        `json:"supported_parameters"` // OpenRouter
	Capabilities json.RawMessage `json:"capabilities"`         // Mistral: flags; LM Studio, Ollama: words
}

// notChat are the names of models that answer nothing.
var notChat = regexp.MustCompile(`(?i)embed|whisper|\btts\b|dall-e|moderation|transcribe|rerank|gpt-image|realtime|sora-|babbage|davinci-002|guard`)

// readEntry reads one entry; models that do not chat are none.
func readEntry(raw json.RawMessage) (llm.ModelInfo, bool) {
	var e listEntry
	if json.Unmarshal(raw, &e) != nil {
		var id struct {
			ID looseText `json:"id"`
		}
		if json.Unmarshal(raw, &id) != nil { // at least the name, if a field has another type
			return llm.ModelInfo{}, false
		}
		e = listEntry{ID: id.ID}
	}
	name := string(e.ID)
	if name == "" {
		name = string(e.Name)
	}
	name = strings.TrimPrefix(name, "models/") // Gemini
	can := readAbilities(e.Capabilities)
	if name == "" || e.Type == "embeddings" || notChat.MatchString(name) || can["completion_chat"] == no {
		return llm.ModelInfo{}, false
	}
	return llm.ModelInfo{
		Name:        name,
		Window:      e.window(),
		InputPrice:  e.Pricing.Prompt.perMillion() + float64(e.Pricing.Input),
		OutputPrice: e.Pricing.Completion.perMillion() + float64(e.Pricing.Output),
		Vision: e.Type == "vlm" || can["vision"] == yes ||
			slices.Contains(e.Architecture.Input, "image") || slices.Contains(e.Modalities, "image"),
		Tools: can["tools"] == yes || can["tool_use"] == yes || can["function_calling"] == yes ||
			slices.Contains(e.Parameters, "tools"),
	}, true
}

// window is the most exact of the windows that are given.
func (e listEntry) window() int {
	for _, n := range []looseCount{e.LoadedWindow, e.ContextLength, e.ContextWindow, e.MaxModelLen, e.MaxContext, e.Meta.Trained} {
		if n > 0 {
			return int(n)
		}
	}
	return 0
}

// An ability is what a list says about one.
type ability int

const (
	unsaid ability = iota
	no
	yes
)

// readAbilities reads flags by name, or the names of those that are there.
func readAbilities(raw json.RawMessage) map[string]ability {
	out := map[string]ability{}
	var words []string
	if json.Unmarshal(orNull(raw), &words) == nil {
		for _, w := range words {
			out[w] = yes
		}
		return out
	}
	var flags fields
	_ = json.Unmarshal(raw, &flags) // neither: nothing is said
	for name, value := range flags {
		switch string(value) {
		case "true":
			out[name] = yes
		case "false":
			out[name] = no
		}
	}
	return out
}

// loosePrice is an amount of dollars, also written as text; negative ones, which
// say that it depends, are 0.
type loosePrice float64

// UnmarshalJSON takes any JSON value.
func (p *loosePrice) UnmarshalJSON(raw []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(raw), `"`), 64)
	if err == nil && f > 0 && !math.IsInf(f, 0) {
		*p = loosePrice(f)
	}
	return nil
}

// perMillion makes a price for a million of tokens of that for one, without the
// dust of binary fractions.
func (p loosePrice) perMillion() float64 { return math.Round(float64(p)*1e12) / 1e6 }
