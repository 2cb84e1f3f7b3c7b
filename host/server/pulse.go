package server

import (
	"slices"
	"time"
)

// pulseLength is how many of the last calls a pulse knows.
const pulseLength = 32

// A pulse is how long the last calls took that were answered. The zero value is
// empty.
type pulse struct {
	took [pulseLength]time.Duration
	n    int // how many there ever were
}

func (p *pulse) add(d time.Duration) {
	p.took[p.n%pulseLength] = d
	p.n++
}

// all gives them, oldest first; nil when there was none.
func (p *pulse) all() []time.Duration {
	if p.n <= pulseLength {
		return slices.Clone(p.took[:p.n:p.n])
	}
	at := p.n % pulseLength
	return slices.Concat(p.took[at:], p.took[:at])
}

// median is the middle one; 0 before any.
func (p *pulse) median() time.Duration {
	took := p.took
	sorted := took[:min(p.n, pulseLength)]
	if len(sorted) == 0 {
		return 0
	}
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}
