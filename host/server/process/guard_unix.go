//go:build unix

package process

import (
	"os/signal"
	"syscall"
)

// deaf makes the guard outlive the signals that end its host.
func deaf() {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGPIPE)
}

func liveGroups(groups []int) []target {
	var live []target
	for _, pgid := range groups {
		if groupAlive(pgid) {
			live = append(live, target{func() { terminateGroup(pgid) }, func() { killGroup(pgid) }})
		}
	}
	return live
}
