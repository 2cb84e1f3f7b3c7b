//go:build !unix

package process

import "time"

func deaf() {}

// liveGroups lists the registered children; whether one is still there shows
// only in the attempt to end it.
func liveGroups(groups []int) []target {
	var live []target
	for _, pid := range groups {
		live = append(live, target{terminate: func() {}, kill: func() { killGroup(pid) }})
	}
	return live
}

func waitGone(limit time.Duration, alive func() bool) bool {
	for end := time.Now().Add(limit); alive(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}
