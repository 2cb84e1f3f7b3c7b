package transcript

import (
	"strings"
	"testing"
	"time"

	"switchboard/host"
)

func TestTheEndOfATurnSaysWhereItsTimeWent(t *testing.T) {
	t.Parallel()
	var spent tally
	spent.add(host.CallFinished{Server: "github", Took: 700 * time.Millisecond, Wait: 9 * time.Second})
	spent.add(host.CallFinished{Server: "files", Took: 8 * time.Millisecond, Wait: 5 * time.Second})
	spent.add(host.CallFinished{Server: "github", Took: 500 * time.Millisecond})
	spent.add(host.CallFinished{Server: "slack", Outcome: host.Refused}) // never reached it
	e := host.TurnEnded{Took: 16 * time.Second, Steps: 2}
	if got, want := summary(e, spent), "16 s · 2 steps · github 2 calls 1.2 s · files 1 call 8 ms · you 14 s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := summary(e, tally{}); strings.Contains(got, "you") {
		t.Errorf("a turn without calls says %q", got)
	}
}
