//go:build soak && unix

package host_test

import "testing"

// TestSoakKilledSessions is [TestKilledWhileStreamingAndCalling] a thousand times.
func TestSoakKilledSessions(t *testing.T) { killAndResume(t, 1000) }
