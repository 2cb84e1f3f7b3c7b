//go:build unix && !race

// Under the race detector each of the program's children carries it too, and on two
// cores they take longer to start than any person would wait. The plain run holds
// these tests.

package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"switchboard/host/server/servertest"
)

// patience bounds every wait of these tests: it only ends one that has failed.
const patience = time.Minute

// A terminal is a real pseudo terminal with the whole program in it. Tests on one
// are not parallel: the program and its children are many processes.
type terminal struct {
	t   *testing.T
	cmd *exec.Cmd
	tty *os.File

	mu     sync.Mutex
	screen *vt.Emulator
	raw    bytes.Buffer
	ended  chan struct{} // nothing more comes out of the terminal
	gone   chan struct{} // the program has ended
}

// open starts the program with its own home and the given arguments.
func open(t *testing.T, args ...string) *terminal {
	t.Helper()
	return openIn(t, "", t.TempDir(), args...)
}

// openIn starts the program in a folder; "" is that of the test.
func openIn(t *testing.T, dir, home string, args ...string) *terminal {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_STATE_HOME=" + home, "XDG_CONFIG_HOME=" + home,
		"TERM=xterm-256color", beTheProgram + "=1",
	}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 36, Cols: 120})
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, cmd: cmd, tty: tty, screen: vt.NewEmulator(120, 36), ended: make(chan struct{}), gone: make(chan struct{})}
	go term.watch()
	go func() { _ = cmd.Wait(); close(term.gone) }()
	go func() { _, _ = io.Copy(tty, term.screen) }() // the terminal's answers to queries
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-term.gone
		// Not screen.Close: it races with the reader of the answers.
		if answers, ok := term.screen.InputPipe().(io.Closer); ok {
			_ = answers.Close()
		}
		_ = tty.Close()
		<-term.ended
	})
	return term
}

func (m *terminal) watch() {
	defer close(m.ended)
	buf := make([]byte, 1<<16)
	for {
		n, err := m.tty.Read(buf)
		m.mu.Lock()
		_, _ = m.screen.Write(buf[:n])
		m.raw.Write(buf[:n])
		m.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (m *terminal) look() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.screen.String()
}

// expect waits until all texts are on the screen at once.
func (m *terminal) expect(texts ...string) {
	m.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if containsAll(m.look(), texts) {
			return
		}
	}
	m.t.Fatalf("never saw %q together; the screen:\n%s", texts, m.look())
}

func containsAll(s string, texts []string) bool {
	for _, text := range texts {
		if !strings.Contains(s, text) {
			return false
		}
	}
	return true
}

func (m *terminal) send(keys string) {
	m.t.Helper()
	if _, err := m.tty.WriteString(keys); err != nil {
		m.t.Fatal(err)
	}
}

// press answers as a person does: after having looked.
func (m *terminal) press(keys string) {
	m.t.Helper()
	time.Sleep(600 * time.Millisecond)
	m.send(keys)
}

// exit waits for the end and returns the status and all that was written.
func (m *terminal) exit() (status int, written string) {
	m.t.Helper()
	select {
	case <-m.gone:
	case <-time.After(patience):
		m.t.Fatalf("the program did not end; the screen:\n%s", m.look())
	}
	select {
	case <-m.ended:
	case <-time.After(2 * time.Second): // the terminal may still be open elsewhere
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cmd.ProcessState.ExitCode(), m.raw.String()
}

const (
	ctrlC     = "\x03"
	ctrlT     = "\x14"
	backspace = "\x7f"
)

// TestAFirstSession is what a newcomer does, offline, from the first frame to the
// shell prompt.
func TestAFirstSession(t *testing.T) {
	m := open(t)
	m.expect("5 of 5 ready", "offline · word matcher", "search: which server takes this name?")

	m.send("what is 12.5% of 8 460?\r")
	m.expect("waiting for you", "calculator ▸ evaluate")
	m.press("o") // typed into the composer: it answers nothing
	m.expect("❯ o", "waiting for you")
	m.press(backspace)
	m.press(ctrlT)
	m.expect("o allow once")
	m.press("o")
	m.expect("12.5% of 8460 = 1057.5")

	m.press("2") // the question about search has the focus now: notes takes it
	m.expect("calculator/evaluate")
	m.send("note that the release is on Friday\r")
	m.expect("notes ▸ add_note")
	m.press(ctrlT)
	m.press("o")
	m.expect("Kept as note n1")

	m.send("search for release\r")
	m.expect("notes ▸ search", `query: "release"`)
	m.press(ctrlT)
	m.press("r")
	m.press("not today")
	m.press("\r")
	m.expect("denied", "not today")

	m.press(ctrlC)
	m.press(ctrlC)
	status, written := m.exit()
	if status != 0 {
		t.Errorf("exit status %d", status)
	}
	_, after, left := strings.Cut(written, "\x1b[?1049l")
	if !left {
		t.Fatal("the alternate screen was not left")
	}
	for _, want := range []string{"what is 12.5% of 8 460?", "1057.5", "Kept as note n1"} {
		if !strings.Contains(after, want) {
			t.Errorf("the conversation that stays in the terminal lacks %q:\n%s", want, after)
		}
	}
}

func TestSignalsEndTheChatAndRestoreTheTerminal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			m := open(t)
			m.expect("5 of 5 ready")
			if err := m.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if _, written := m.exit(); !strings.Contains(written, "\x1b[?1049l") {
				t.Error("the alternate screen was not left")
			}
		})
	}
}

// TestKillLeavesNoProcess kills the program as nothing can prevent, with servers
// that ignore the end of their input and SIGTERM and have children of their own.
func TestKillLeavesNoProcess(t *testing.T) {
	dir := t.TempDir()
	pids := filepath.Join(dir, "pids")
	servers := map[string]any{}
	for i := range 3 {
		c := servertest.Config("stubborn", "-ignore=both", "-child", "-pids="+pids)
		servers[fmt.Sprintf("stubborn%d", i)] = map[string]any{"command": c.Command, "args": c.Args, "env": variables(c.Env)}
	}
	config, err := json.Marshal(map[string]any{
		"mcpServers": servers, "collisions": map[string]string{"default": "namespace"},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := open(t, "--offline", "--config", write(t, dir, "config.json", string(config)))
	m.expect("3 of 3 ready")
	left := noted(t, pids, 6)
	if err := m.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Second); len(left) > 0 && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		left = stillAlive(left)
	}
	if len(left) > 0 {
		t.Errorf("two seconds after the kill processes %v are left", left)
	}
}

// variables are NAME=value pairs as a configuration holds them.
func variables(pairs []string) map[string]string {
	env := map[string]string{}
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		env[name] = value
	}
	return env
}

// noted waits until n process ids stand in a file.
func noted(t *testing.T, file string, n int) []int {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		text, _ := os.ReadFile(file)
		if fields := strings.Fields(string(text)); len(fields) >= n {
			var pids []int
			for _, f := range fields {
				pid, err := strconv.Atoi(f)
				if err != nil {
					t.Fatal(err)
				}
				pids = append(pids, pid)
			}
			return pids
		}
	}
	t.Fatalf("fewer than %d processes noted themselves", n)
	return nil
}

// stillAlive keeps the processes that exist. The kernel may keep a dead one's
// entry until its new parent has looked; such a zombie runs no more.
func stillAlive(pids []int) []int {
	var alive []int
	for _, pid := range pids {
		if syscall.Kill(pid, 0) != nil {
			continue
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if _, state, ok := strings.Cut(string(stat), ") "); err == nil && ok && strings.HasPrefix(state, "Z") {
			continue
		}
		alive = append(alive, pid)
	}
	return alive
}
