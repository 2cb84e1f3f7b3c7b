package config

import "math"

// Tools is the section "tools": how many of them the model is given before it has
// to search for the rest.
type Tools struct {
	Max   int     // tools; 0 for the default
	Share float64 // of the model's window, from 0.001 to 1; 0 for the default
}

var toolKeys = []string{"max", "share"}

// readTools reads the section "tools".
func (r *reader) readTools(m member) {
	for _, field := range m.members(`an object with "max" or "share"`) {
		switch field.name {
		case "max":
			n, ok := field.between("a whole number of tools", 1, math.MaxInt32)
			if ok && n != math.Trunc(n) {
				field.fault("expected a whole number of tools, found "+field.literal(), "")
				continue
			}
			r.tools.Max = int(n)
		case "share":
			r.tools.Share, _ = field.between("a part of the window from 0.001 to 1", 0.001, 1)
		default:
			field.unknown(toolKeys, nil)
		}
	}
}

func (t *Tools) merge(later Tools) {
	if later.Max != 0 {
		t.Max = later.Max
	}
	if later.Share != 0 {
		t.Share = later.Share
	}
}
