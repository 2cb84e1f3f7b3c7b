//go:build soak && linux

package server_test

import (
	"flag"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soakFor is how long the longest soak goes on.
var soakFor = flag.Duration("soakfor", 10*time.Minute, "how long servers crash in TestSoakCrashes")

// used is the processor time of this process alone.
func used(t *testing.T) time.Duration {
	t.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		t.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// resident is the memory of this process in KiB after everything that can be given
// back was given back.
func resident(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	raw, err := os.ReadFile("/proc/self/status")
	_, rest, ok := strings.Cut(string(raw), "VmRSS:")
	if err != nil || !ok {
		t.Fatalf("no VmRSS: %v", err)
	}
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

// descriptors counts our open files.
func descriptors(t *testing.T) int {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}
