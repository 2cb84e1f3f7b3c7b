//go:build unix

package server_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// alive tells whether a process is there and no zombie.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return !os.IsNotExist(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(rest, "Z")
}

func pidsIn(t *testing.T, file string) (pids []int) {
	t.Helper()
	raw, _ := os.ReadFile(file)
	for field := range strings.FieldsSeq(string(raw)) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, pid)
	}
	return pids
}

// eventually polls: other processes tell nobody of their end.
func eventually(limit time.Duration, ok func() bool) bool {
	for end := time.Now().Add(limit); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

func left(pids []int) (n int) {
	for _, pid := range pids {
		if alive(pid) {
			n++
		}
	}
	return n
}

// However badly a server and its child behave, nothing is left after Run.
func TestStopLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{
		"obedient":              nil,
		"ignores end of input":  {"-ignore=eof"},
		"ignores SIGTERM":       {"-ignore=both"},
		"with a child":          {"-child"},
		"the worst of all":      {"-ignore=both", "-child"},
		"exits and leaves one":  {"-child", "-exit=1"},
		"never gets ready":      {"-mute=initialize", "-ignore=both", "-child"},
		"stopped while reading": {"-style=chatty", "-child"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "pids")
			opt := server.Options{Grace: 150 * time.Millisecond}
			l := run(t, servertest.Config("fixture", append(flags, "-pids="+file)...), opt)
			l.await("a process", func(st server.Status) bool { return st.PID != 0 || st.State == server.Backoff })
			if strings.Contains(name, "exits") {
				l.awaitState(server.Backoff)
			} else if want := 1 + strings.Count(strings.Join(flags, " "), "-child"); !eventually(patience, func() bool { return len(pidsIn(t, file)) == want }) {
				t.Fatalf("%d processes, want %d", len(pidsIn(t, file)), want)
			}
			l.end()
			if pids := pidsIn(t, file); left(pids) > 0 {
				t.Errorf("%d of %v are left", left(pids), pids)
			}
		})
	}
}

// An orderly end leaves nothing to the guard, which ends too.
func TestGuardEndsWithUs(t *testing.T) {
	t.Parallel()
	guard := servertest.Guard()
	l := run(t, servertest.Config("fixture"), server.Options{Guard: guard})
	l.awaitState(server.Ready)
	if !strings.Contains(l.call("env", `{}`).Text.Raw(), "SWITCHBOARD_SESSION="+guard.Marker()) {
		t.Error("the child does not carry the session's marker")
	}
	l.end()
	guard.Close()
	if err := guard.Err(); err != nil {
		t.Error(err)
	}
}
