//go:build soak

package host

import (
	"testing"
	"time"
)

// TestSoakOverhead holds a call through the host, to a tool that works for 5 ms, to
// at most 1.10 times the median of the same call through mcp-go alone. What a tool
// without any work costs it tells.
func TestSoakOverhead(t *testing.T) {
	for _, w := range []work{noWork, someWork} {
		through, bare := callers(t, w)
		var ours, theirs []time.Duration
		for range 2000 {
			theirs = append(theirs, stopwatch(bare))
			ours = append(ours, stopwatch(through))
		}
		t.Logf("%s: through the host %s, through mcp-go alone %s: %.3f times", w.tool, median(ours), median(theirs), ratio(ours, theirs))
		if w.tool == someWork.tool && ratio(ours, theirs) > 1.10 {
			t.Error("that is more than 1.10 times")
		}
	}
}
