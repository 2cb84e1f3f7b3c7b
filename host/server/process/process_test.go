//go:build unix

package process_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"switchboard/host/server/process"
	"switchboard/host/task"
)

const (
	guardArg = "process-test-guard"
	sleepArg = "process-test-sleep"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case guardArg:
			if len(os.Args) > 2 { // a file to note the process in
				note(os.Args[2])
			}
			process.GuardMain(os.Stdin)
			os.Exit(0)
		case sleepArg:
			time.Sleep(time.Hour)
		}
	}
	goleak.VerifyTestMain(m)
}

func TestEnviron(t *testing.T) {
	t.Parallel()
	base := []string{"PATH=/bin", "LC_ALL=C", "LCX=no", "SECRET=no", "HOME=/h", "broken", "XDG_RUNTIME_DIR=no"}
	got := process.Environ(base, []string{"HOME=/other", "TOKEN=a=b"}, "m")
	want := []string{"HOME=/other", "LC_ALL=C", "PATH=/bin", "SWITCHBOARD_SESSION=m", "TOKEN=a=b"}
	if !slices.Equal(got, want) {
		t.Errorf("gives %q, want %q", got, want)
	}
	for _, nv := range process.Environ(nil, nil, "") {
		if strings.HasPrefix(nv, process.MarkerName) {
			t.Errorf("without a guard there is a marker: %s", nv)
		}
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tool := filepath.Join(dir, "bin", "tool")
	if err := os.Mkdir(filepath.Dir(tool), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tool, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	env := []string{"PATH=/nowhere:" + filepath.Dir(tool)}
	for command, dir := range map[string]string{"tool": "", tool: "", "./bin/tool": dir, "bin/tool": dir} {
		if got := process.Lookup(command, env, dir); got.Path != tool || got.Err != nil {
			t.Errorf("%s in %q gives %+v", command, dir, got)
		}
	}
	if got := process.Lookup("tool", []string{"PATH=."}, filepath.Dir(tool)); got.Err == nil {
		t.Errorf("the present folder was searched: %+v", got)
	}
}

// A search says of every place what was found there.
func TestLookupTells(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	full, empty := filepath.Join(dir, "full"), filepath.Join(dir, "empty")
	for _, folder := range []string{full, empty, filepath.Join(empty, "folder")} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for file, mode := range map[string]os.FileMode{"tool": 0o700, "text": 0o600} {
		if err := os.WriteFile(filepath.Join(full, file), nil, mode); err != nil {
			t.Fatal(err)
		}
	}
	env := []string{"PATH=" + empty + ":rel:" + full + ":/never"}
	passed := `"rel": passed over, because it is no absolute path`
	for command, want := range map[string][]string{
		"tool":      {empty + ": not there", passed, full + "/tool: found"},
		"text":      {empty + ": not there", passed, full + "/text: is not executable (chmod +x would make it so)", "/never: not there"},
		"folder":    {empty + "/folder: is a folder, not a program", passed, full + ": not there", "/never: not there"},
		"./x":       {dir + "/x: no such file; correct \"command\" in the configuration"},
		"full/tool": {full + "/tool: named by its path"},
	} {
		got := process.Lookup(command, env, dir)
		if !slices.Equal(got.Places, want) || (got.Err == nil) != (got.Path != "") {
			t.Errorf("%s: %q, want %q", command, got.Places, want)
		}
	}
	if got := process.Lookup("tool", env, "/nonesuch"); got.Err == nil || len(got.Places) != 1 {
		t.Errorf("without its folder: %+v", got)
	}
}

// What is kept of a line may be something else than what came.
func TestLogEach(t *testing.T) {
	t.Parallel()
	log := &process.Log{Each: strings.ToUpper}
	log.Add([]byte("one"))
	if got := log.Tail(1); got[0] != "ONE" {
		t.Errorf("kept %q", got)
	}
}

func TestSeconds(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0.0 s", 234 * time.Millisecond: "0.2 s", 9 * time.Second: "9.0 s", time.Minute: "60 s", 10 * time.Minute: "10 min",
	} {
		if got := process.Seconds(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestLogKeepsTheEnd(t *testing.T) {
	t.Parallel()
	var grew int
	log := &process.Log{Changed: func() { grew++ }}
	log.Add(bytes.Repeat([]byte("x"), 1<<20))
	for i := range 1000 {
		log.Add(fmt.Appendf(nil, "%d %s", i, strings.Repeat("y", 1000)))
	}
	size := 0
	for _, line := range log.Tail(1 << 20) {
		size += len(line)
	}
	if size > 256<<10 || log.Total() != 1001 || grew != 1001 {
		t.Errorf("%d bytes kept of %d lines, %d notices", size, log.Total(), grew)
	}
	if tail := log.Tail(2); len(tail) != 2 || !strings.HasPrefix(tail[1], "999 ") {
		t.Errorf("tail %.20q", tail)
	}
}

// Empty lines take room too.
func TestLogOfEmptyLines(t *testing.T) {
	t.Parallel()
	log := &process.Log{}
	for range 100_000 {
		log.Add(nil)
	}
	if n := len(log.Tail(100_000)); n > 16<<10 || log.Total() != 100_000 {
		t.Errorf("%d empty lines are kept of %d", n, log.Total())
	}
}

// start runs a shell script as a child of the test.
func start(t *testing.T, script string) (*process.Process, *process.Log) {
	t.Helper()
	var tasks task.Group
	log := &process.Log{}
	p, err := process.Start(process.Spec{
		Path: "/bin/sh", Argv: []string{"sh", "-c", script}, Env: process.Environ(nil, nil, ""), Stderr: log,
	}, &tasks)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Stop(100 * time.Millisecond)
		tasks.Wait()
	})
	return p, log
}

func TestExit(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ script, exit, stderr string }{
		"success":   {"exit 0", "exited with status 0", ""},
		"failure":   {"echo sorry >&2; exit 3", "exited with status 3", "sorry"},
		"signal":    {"kill -9 $$", "was ended by SIGKILL", ""},
		"last word": {"printf 'no break' >&2; exit 1", "exited with status 1", "no break"},
		"heirs":     {"sleep 600 & exit 4", "exited with status 4", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, log := start(t, c.script)
			<-p.Done()
			if got := p.Exit().String(); !strings.HasPrefix(got, c.exit+" after ") {
				t.Errorf("exit %q", got)
			}
			if got := strings.Join(log.Tail(9), "\n"); got != c.stderr {
				t.Errorf("standard error %q", got)
			}
		})
	}
}

// What a process wrote before it exited can still be read.
func TestOutputOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	p, _ := start(t, "read line; echo \"$line\"; sleep 600 & exit 0")
	_, _ = p.Stdin.Write([]byte("hello\n"))
	<-p.Done()
	got, _ := io.ReadAll(p.Stdout)
	if string(got) != "hello\n" {
		t.Errorf("read %q", got)
	}
}

func TestNotAProgram(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(file, []byte("echo no interpreter\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := process.Start(process.Spec{Path: file, Argv: []string{file}, Stderr: &process.Log{}}, &task.Group{})
	if err == nil || !strings.Contains(err.Error(), "a script needs #!") {
		t.Errorf("gives %v", err)
	}
}

// sleeper starts a process that the guard was never told of, in a session of its
// own: a daemon.
func sleeper(t *testing.T, marker string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], sleepArg)
	cmd.Env = append(os.Environ(), process.MarkerName+"="+marker)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

func TestGuardFindsTheMarked(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("only Linux shows a process's environment")
	}
	ours, other := sleeper(t, "ours"), sleeper(t, "other")
	guard := exec.Command(os.Args[0], guardArg)
	guard.Stdin = bytes.NewBufferString("= ours\nnonsense\n+ x\n+ 1\n- 0\n+\n")
	if err := guard.Run(); err != nil {
		t.Fatal(err)
	}
	_ = ours.Wait()
	if got := ours.ProcessState.String(); got != "signal: terminated" {
		t.Errorf("the marked process ended with %q", got)
	}
	if err := other.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("another session's process: %v", err)
	}
	_ = other.Process.Kill()
	_ = other.Wait()
}

// Without its guard process a server runs all the same, and the guard says why.
func TestGuardThatCannotStart(t *testing.T) {
	t.Parallel()
	g := process.NewGuard("/nowhere/guard")
	var tasks task.Group
	p, err := process.Start(process.Spec{
		Path: "/bin/sh", Argv: []string{"sh", "-c", "exit 0"}, Guard: g, Stderr: &process.Log{},
	}, &tasks)
	if err != nil {
		t.Fatal(err)
	}
	<-p.Done()
	p.Stop(0)
	tasks.Wait()
	if g.Err() == nil || !strings.Contains(g.Err().Error(), "starting the guard") {
		t.Errorf("a guard that cannot start reports %v", g.Err())
	}
	g.Close()
	g.Close()
}
