package server

import "switchboard/host/clean"

// closingReason is that of a server which Switchboard takes along.
var closingReason = clean.Foreign("Switchboard is closing")

// connect makes a started life ready.
func (m machine) connect(in input) machine {
	if m.state != Starting {
		return m
	}
	m.since, m.notice = in.at, in.text
	return m.judge()
}

// live follows what happens to a server that runs.
func (m machine) live(in input) (machine, effect) {
	if !m.state.Callable() {
		return m, nothing
	}
	switch in.kind {
	case missed:
		return m.miss(in)
	case answered:
		m = m.answer()
	case complained:
		m.complaints[in.cause] = in.text
	case remarked:
		m.notice = in.text
	default:
		return m, nothing
	}
	return m.judge(), nothing
}

// miss counts a probe without an answer. Few are forgiven, more degrade the
// server, and in the end it is restarted.
func (m machine) miss(in input) (machine, effect) {
	m.misses++
	m.good = 0
	switch {
	case m.misses >= missesRestart:
		return m.fall(in)
	case m.misses >= missesDegraded:
		m.complaints[silent] = in.text
	}
	return m.judge(), nothing
}

// answer counts in favour of the server: two in a row clear it.
func (m machine) answer() machine {
	if m.complaints[silent].Empty() {
		m.misses, m.good = 0, 0
		return m
	}
	m.good++
	if m.good >= goodReady {
		m.misses, m.good = 0, 0
		m.complaints[silent] = clean.Text{}
	}
	return m
}

// judge is ready without complaints and degraded by the first of them.
func (m machine) judge() machine {
	for _, c := range m.complaints {
		if !c.Empty() {
			return m.enter(Degraded, c)
		}
	}
	return m.enter(Ready, m.notice)
}
