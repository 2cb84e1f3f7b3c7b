package policy

import (
	"fmt"

	"switchboard/host/near"
)

// Mode says what happens to calls that no rule decides about.
type Mode string

// The modes. Any other text counts as [Manual].
const (
	// Manual asks.
	Manual Mode = "ask"
	// ReadOnly lets through what a trusted server marks as only reading, and
	// denies all else, whatever allows there are.
	ReadOnly Mode = "read-only"
	// Auto lets through all calls to trusted servers. It must not be kept from
	// one session to the next.
	Auto Mode = "auto"
)

// Modes lists the modes, the default first.
func Modes() []Mode { return []Mode{Manual, ReadOnly, Auto} }

// ParseMode reads "ask", "read-only" or "auto".
func ParseMode(s string) (Mode, error) {
	for _, m := range Modes() {
		if string(m) == s {
			return m, nil
		}
	}
	spellings := func(yield func(spelling, word string) bool) {
		for _, m := range Modes() {
			if !yield(string(m), string(m)) {
				return
			}
		}
	}
	if words := near.Names(s, spellings, 1); len(words) > 0 {
		return Manual, fmt.Errorf("%s is no mode: did you mean %s?", quoted(s), words[0])
	}
	return Manual, fmt.Errorf("%s is no mode: write ask, read-only or auto", quoted(s))
}

// known is the mode itself, or [Manual] for any other text.
func (m Mode) known() Mode {
	if m == ReadOnly || m == Auto {
		return m
	}
	return Manual
}
