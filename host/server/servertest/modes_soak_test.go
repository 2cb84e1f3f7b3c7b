//go:build soak

package servertest_test

import (
	"testing"
	"time"

	"switchboard/host/server/servertest"
)

// TestSoakModes runs every mode by itself next to the good servers, longer than
// the ordinary test does.
func TestSoakModes(t *testing.T) {
	for _, m := range servertest.Modes() {
		t.Run(m.Name, func(t *testing.T) {
			control := begin(t, servertest.Trial{Alone: 8 * time.Second})
			v := tryModes(t, []servertest.Mode{m}, 3*time.Second, 5*time.Second)
			judgeTimes(t, v, control(), 20*time.Millisecond)
		})
	}
}
