//go:build soak && unix

package server_test

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// TestSoakIdle measures what fifty ready servers cost that nobody uses: at most
// 0.3 % of a core, probes included.
func TestSoakIdle(t *testing.T) {
	const servers, span = 50, time.Minute
	lines := make([]*line, servers)
	for i := range lines {
		lines[i] = run(t, servertest.Config(fmt.Sprint(i)), server.Options{})
	}
	for _, l := range lines {
		l.awaitState(server.Ready)
	}
	time.Sleep(5 * time.Second) // what the start leaves behind
	before := used(t)
	time.Sleep(span)
	share := float64(used(t)-before) / float64(span)
	t.Logf("%d idle servers take %.2f %% of a core", servers, 100*share)
	if share > 0.003 {
		t.Errorf("that is more than 0.3 %%")
	}
}

// used is the processor time of this process alone.
func used(t *testing.T) time.Duration {
	t.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		t.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
