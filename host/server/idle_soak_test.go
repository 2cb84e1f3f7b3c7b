//go:build soak && linux

package server_test

import (
	"fmt"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// TestSoakIdle measures what fifty ready servers cost that nobody uses, probes
// included: at most 0.3 % of a core more than the same program without them.
func TestSoakIdle(t *testing.T) {
	const servers, span = 50, time.Minute
	without := share(t, span)
	lines := make([]*line, servers)
	for i := range lines {
		lines[i] = run(t, servertest.Config(fmt.Sprint(i)), server.Options{})
	}
	for _, l := range lines {
		l.awaitState(server.Ready)
	}
	time.Sleep(5 * time.Second) // what the start leaves behind
	with := share(t, span)
	t.Logf("%d idle servers take %.2f %% of a core, no servers %.2f %%", servers, 100*with, 100*without)
	if with-without > 0.003 {
		t.Errorf("that is more than 0.3 %%")
	}
}

// share is the part of one core that this process takes for a while.
func share(t *testing.T, span time.Duration) float64 {
	t.Helper()
	before := used(t)
	time.Sleep(span)
	return float64(used(t)-before) / float64(span)
}
