package openai

import (
	"encoding/json"

	"switchboard/llm"
)

// wireUsage counts tokens as endpoints name them. The whole of it may be of the
// wrong type; then there is none.
type wireUsage struct {
	Prompt     looseCount `json:"prompt_tokens"`
	Completion looseCount `json:"completion_tokens"`
	CacheHit   looseCount `json:"prompt_cache_hit_tokens"` // DeepSeek
	In         struct {
		Cached looseCount `json:"cached_tokens"`
	} `json:"prompt_tokens_details"`
	Out struct {
		Reasoning looseCount `json:"reasoning_tokens"`
	} `json:"completion_tokens_details"`
}

// UnmarshalJSON takes any JSON value.
func (u *wireUsage) UnmarshalJSON(raw []byte) error {
	type plain wireUsage
	var p plain
	if json.Unmarshal(raw, &p) == nil {
		*u = wireUsage(p)
	}
	return nil
}

// plain puts the counts into our words.
func (u *wireUsage) plain() llm.Usage {
	return llm.Usage{
		Input:     int(u.Prompt),
		Cached:    int(max(u.In.Cached, u.CacheHit)),
		Output:    int(u.Completion),
		Reasoning: int(u.Out.Reasoning),
	}
}

// responseUsage counts tokens as the responses wire names them.
type responseUsage struct {
	Input     looseCount `json:"input_tokens"`
	Output    looseCount `json:"output_tokens"`
	InDetails struct {
		Cached looseCount `json:"cached_tokens"`
	} `json:"input_tokens_details"`
	OutDetails struct {
		Reasoning looseCount `json:"reasoning_tokens"`
	} `json:"output_tokens_details"`
}

// UnmarshalJSON takes any JSON value.
func (u *responseUsage) UnmarshalJSON(raw []byte) error {
	type plain responseUsage
	var p plain
	if json.Unmarshal(raw, &p) == nil {
		*u = responseUsage(p)
	}
	return nil
}

func (u *responseUsage) plain() llm.Usage {
	return llm.Usage{
		Input: int(u.Input), Cached: int(u.InDetails.Cached),
		Output: int(u.Output), Reasoning: int(u.OutDetails.Reasoning),
	}
}
