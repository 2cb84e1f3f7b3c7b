//go:build !unix

package process

import (
	"os"
	"os/exec"
	"strings"
	"time"
)

// Without process groups only the child itself can be ended.

func ownGroup(*exec.Cmd) {}

func ownSession(*exec.Cmd) {}

// terminateGroup has no gentle way here; the ladder goes on to killGroup.
func terminateGroup(int) {}

func killGroup(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
		_ = p.Release()
	}
}

func sweep(int, time.Duration) (found bool) { return false }

// inGroup knows of no groups: the leader stands for its own.
func inGroup(pid, pgid int) bool { return pid == pgid }

func executable(file string) (string, error) { return exec.LookPath(file) }

// platformInherited names what programs on Windows cannot start without.
func platformInherited(name string) bool {
	switch strings.ToUpper(name) {
	case "PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "TEMP", "TMP",
		"USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES":
		return true
	}
	return false
}

func signalName(*os.ProcessState) string { return "" }
