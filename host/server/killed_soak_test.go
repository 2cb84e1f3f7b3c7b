//go:build soak && linux

package server_test

import (
	"fmt"
	"testing"
)

// TestSoakKills kills a thousand hosts, two at a time.
func TestSoakKills(t *testing.T) {
	const hosts, side = 1000, 2
	for i := range side {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			killHosts(t, hosts/side)
		})
	}
}
