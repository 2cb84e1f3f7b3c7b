package config

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// shortest is what a bare number must at least amount to. Some clients count
// seconds where others count milliseconds; below a second the former is meant.
const shortest = time.Second

// readTimeout takes a number of milliseconds, as Claude Code and Gemini CLI do, or
// a text such as "90s" or "2m30s".
func readTimeout(n node) time.Duration {
	const hint = `write "90s", or a number of milliseconds`
	switch n.v.Value.Kind() {
	case '0':
		return readMilliseconds(n)
	case '"':
	default:
		n.mismatch(`a time such as "90s"`, hint)
		return 0
	}
	s, ok := n.text()
	if !ok {
		return 0
	}
	d, err := time.ParseDuration(s)
	switch {
	case err != nil:
		n.fault(`expected a time such as "90s", found `+quoted(s), hint)
		return 0
	case d <= 0:
		n.fault("expected a time above zero, found "+d.String(), hint)
		return 0
	}
	return d
}

func readMilliseconds(n node) time.Duration {
	f, ok := n.number("a number of milliseconds")
	if !ok {
		return 0
	}
	ns := f * float64(time.Millisecond)
	switch {
	case ns < 0:
		n.fault("expected a number of milliseconds above zero, found "+n.literal(), "")
		return 0
	case ns >= math.MaxInt64:
		n.fault("expected a number of milliseconds, found more than 292 years", "")
		return 0
	case ns < float64(shortest):
		n.warn("a bare number means milliseconds; "+time.Duration(ns).String()+" is too short for a call, the default is used",
			`if seconds were meant, write "`+strconv.FormatFloat(f, 'f', -1, 64)+`s"`)
		return 0
	}
	return time.Duration(ns)
}

// maxParallel bounds how many calls an entry may ask for at a time.
const maxParallel = 64

// readParallel takes how many calls a server is given at a time.
func readParallel(n node) int {
	const hint = "write 1 to have calls follow one another"
	f, ok := n.number("a number of calls")
	switch {
	case !ok:
		return 0
	case f < 1 || f > maxParallel || f != math.Trunc(f):
		n.fault(fmt.Sprintf("expected a whole number from 1 to %d, found %s", maxParallel, n.literal()), hint)
		return 0
	}
	return int(f)
}
