//go:build unix

package servertest

import (
	"os"
	"syscall"
)

// signalSelf stops or kills the fixture as somebody else could.
func signalSelf(name string) {
	sig := syscall.SIGKILL
	if name == "stop" {
		sig = syscall.SIGSTOP
	}
	_ = syscall.Kill(os.Getpid(), sig)
}
