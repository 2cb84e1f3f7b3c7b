//go:build unix

package server_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// helperEnv makes the test binary a host that starts servers and waits to be
// killed; its value is a file for process ids.
const helperEnv = "SERVER_TEST_HOST"

// runEnv is in the environment of every server of one such host.
const runEnv = "SERVER_TEST_RUN"

// TestHostThatIsKilled kills a host with kill -9 and five servers: a plain one, one
// that ignores SIGTERM, one with a child, one with both, and one behind a shell.
// Nothing of them is left two seconds later.
func TestHostThatIsKilled(t *testing.T) {
	if file := os.Getenv(helperEnv); file != "" {
		hostUntilKilled(file)
	}
	t.Parallel()
	times := 4
	if os.Getenv("SWITCHBOARD_TEST_ALL") != "" {
		times = 50
	}
	killHosts(t, times)
}

// killHosts kills so many hosts one after the other, every other one at some
// moment of its start.
func killHosts(t *testing.T, times int) {
	t.Helper()
	dir := t.TempDir()
	for i := range times {
		killHost(t, filepath.Join(dir, strconv.Itoa(i)), i%2 == 1)
	}
}

func killHost(t *testing.T, file string, early bool) {
	t.Helper()
	run := rand.Text()
	host := exec.Command(os.Args[0], "-test.run=^TestHostThatIsKilled$")
	host.Env = append(os.Environ(), helperEnv+"="+file, runEnv+"="+run)
	if err := host.Start(); err != nil {
		t.Fatal(err)
	}
	const processes = 8 // five servers, two of their children, and the shell
	switch {
	case early:
		time.Sleep(time.Duration(below(300)) * time.Millisecond)
	case !eventually(patience, func() bool { return len(pidsIn(t, file)) == processes }):
		t.Errorf("%d processes are up, want %d", len(pidsIn(t, file)), processes)
	}
	_ = host.Process.Kill()
	_ = host.Wait()
	if !eventually(2*time.Second, func() bool { return left(pidsIn(t, file))+marked(run) == 0 }) {
		t.Errorf("%d of %v, and %d others, are left two seconds after the host was killed",
			left(pidsIn(t, file)), pidsIn(t, file), marked(run))
	}
}

// below is some number from 0.
func below(n int64) int64 {
	some, err := rand.Int(rand.Reader, big.NewInt(n))
	if err != nil {
		panic(err)
	}
	return some.Int64()
}

// marked counts the processes with a run in their environment; where there is no
// /proc it sees none.
func marked(run string) (n int) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range files {
		if env, _ := os.ReadFile(file); bytes.Contains(env, []byte(runEnv+"="+run)) {
			n++
		}
	}
	return n
}

func hostUntilKilled(file string) {
	guard := servertest.Guard()
	var all sync.WaitGroup
	for i, flags := range [][]string{{}, {"-ignore=both"}, {"-child"}, {"-ignore=both", "-child"}, {}} {
		cfg := servertest.Config(fmt.Sprint(i), append(flags, "-pids="+file)...)
		if i == 4 {
			cfg = behindShell(cfg, file)
		}
		cfg.Env = append(cfg.Env, runEnv+"="+os.Getenv(runEnv))
		s := server.New(cfg, server.Options{Guard: guard})
		all.Go(func() { s.Run(context.Background()) })
	}
	all.Wait()
}

// behindShell starts a server as a shell script does that goes on afterwards.
func behindShell(cfg config.Server, file string) config.Server {
	script := fmt.Sprintf(`echo $$ >> '%s'; "$@"; echo the end`, file)
	cfg.Command, cfg.Args = "sh", append([]string{"-c", script, "sh", cfg.Command}, cfg.Args...)
	return cfg
}
