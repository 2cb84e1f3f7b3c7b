package transcript

import (
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// A tally says where the time of a turn went: to which server, and to the person.
type tally struct {
	order   []string // the servers, as they were first called
	servers map[string]share
	you     time.Duration
}

// A share is one server's part of a turn.
type share struct {
	calls int
	took  time.Duration
}

// add counts a call that has ended.
func (t *tally) add(e host.CallFinished) {
	t.you += e.Wait
	if e.Server == "" || e.Took == 0 {
		return // it reached no server
	}
	if t.servers == nil {
		t.servers = map[string]share{}
	}
	s, known := t.servers[e.Server]
	if !known {
		t.order = append(t.order, e.Server)
	}
	t.servers[e.Server] = share{s.calls + 1, s.took + e.Took}
}

// shownWait is from when on waiting for the person is worth a word.
const shownWait = 100 * time.Millisecond

// parts are the shares in words: "github 3 calls 1.2 s", "you 14 s".
func (t *tally) parts() []string {
	var all []string
	for _, name := range t.order {
		s := t.servers[name]
		all = append(all, clean.Line(name)+" "+amount.Count(s.calls, "call")+" "+amount.Latency(s.took))
	}
	if t.you >= shownWait {
		all = append(all, "you "+amount.Elapsed(t.you))
	}
	return all
}
