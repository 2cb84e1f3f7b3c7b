package form

import (
	"encoding/json"
	"fmt"
)

// limits are the bounds that a schema sets to a value.
type limits struct {
	Minimum   *float64        `json:"minimum"`
	Maximum   *float64        `json:"maximum"`
	MinLength *float64        `json:"minLength"`
	MaxLength *float64        `json:"maxLength"`
	MinItems  *float64        `json:"minItems"`
	MaxItems  *float64        `json:"maxItems"`
	Pattern   string          `json:"pattern"`
	Format    string          `json:"format"`
	More      json.RawMessage `json:"additionalProperties"`
}

// words are the limits as one says them.
func (l limits) words() []string {
	var said []string
	add := func(s string) {
		if s != "" {
			said = append(said, s)
		}
	}
	add(between(l.Minimum, l.Maximum, ""))
	add(between(l.MinLength, l.MaxLength, " characters"))
	add(between(l.MinItems, l.MaxItems, " items"))
	if l.Format != "" {
		add("a " + l.Format)
	}
	if l.Pattern != "" {
		add("matches " + l.Pattern)
	}
	if string(l.More) == "false" {
		add("nothing else")
	}
	return said
}

func between(low, high *float64, unit string) string {
	switch {
	case low != nil && high != nil:
		return fmt.Sprintf("%.12g … %.12g%s", *low, *high, unit)
	case low != nil:
		return fmt.Sprintf("≥ %.12g%s", *low, unit)
	case high != nil:
		return fmt.Sprintf("≤ %.12g%s", *high, unit)
	}
	return ""
}
