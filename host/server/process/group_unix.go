//go:build unix

package process

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// ownGroup makes the child the leader of a new process group, so that a signal
// reaches everything it starts, and the terminal's signals reach none of it.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// ownSession takes the guard out of our terminal session altogether.
func ownSession(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

func terminateGroup(pgid int) { _ = syscall.Kill(-pgid, syscall.SIGTERM) }

func killGroup(pgid int) { _ = syscall.Kill(-pgid, syscall.SIGKILL) }

func groupAlive(pgid int) bool {
	err := syscall.Kill(-pgid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

func inGroup(pid, pgid int) bool {
	group, err := syscall.Getpgid(pid)
	return err == nil && group == pgid
}

// sweep ends what is left of a group whose leader has been waited for. The
// kernel does not give the leader's number to a new process while the group has
// members, so in the usual case of an empty group the first question ends it. It
// tells whether there was anything.
func sweep(pgid int, grace time.Duration) (found bool) {
	if !groupAlive(pgid) {
		return false
	}
	terminateGroup(pgid)
	if !waitGone(grace, func() bool { return groupAlive(pgid) }) {
		killGroup(pgid)
		waitGone(grace, func() bool { return groupAlive(pgid) })
	}
	return true
}

// waitGone polls until alive says no or the time is over, and tells which.
func waitGone(limit time.Duration, alive func() bool) bool {
	for end := time.Now().Add(limit); alive(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

func executable(file string) (string, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return "", errors.New("is a folder, not a program")
	case info.Mode()&0o111 == 0:
		return "", &fs.PathError{Op: "run", Path: file, Err: errors.New("is not executable (chmod +x would make it so)")}
	}
	return file, nil
}

func platformInherited(string) bool { return false }

// signalName is how a process was ended from outside; "" when it ended itself.
func signalName(state *os.ProcessState) string {
	ws, ok := state.Sys().(syscall.WaitStatus)
	if !ok || !ws.Signaled() {
		return ""
	}
	switch ws.Signal() {
	case syscall.SIGKILL:
		return "SIGKILL"
	case syscall.SIGTERM:
		return "SIGTERM"
	case syscall.SIGINT:
		return "SIGINT"
	case syscall.SIGHUP:
		return "SIGHUP"
	case syscall.SIGSEGV:
		return "SIGSEGV"
	case syscall.SIGABRT:
		return "SIGABRT"
	}
	return ws.Signal().String()
}
