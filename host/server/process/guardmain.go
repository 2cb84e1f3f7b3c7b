package process

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// guardGrace is how long processes may take after SIGTERM before SIGKILL.
const guardGrace = 300 * time.Millisecond

// GuardMain is the guard's whole life. It reads lines from in ("+ 123" registers
// process group 123, "- 123" takes it back, "= XYZ" names the session's marker)
// and, when in ends, ends every group still registered and every process with the
// marker. It returns within a second of that.
func GuardMain(in io.Reader) {
	deaf()
	groups, marker := readOrders(in)
	targets := func() []target { return append(liveGroups(groups), marked(marker)...) }
	for _, t := range targets() {
		t.terminate()
	}
	if waitGone(guardGrace, func() bool { return len(targets()) > 0 }) {
		return
	}
	waitGone(guardGrace, func() bool {
		left := targets()
		for _, t := range left {
			t.kill()
		}
		return len(left) > 0
	})
}

// readOrders follows the host's orders to their end; a line that makes no sense
// is passed over.
func readOrders(in io.Reader) (groups []int, marker string) {
	set := map[int]bool{}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var pgid int
		line := lines.Text()
		switch {
		case len(line) > 2 && line[0] == '=':
			marker = line[2:]
		case len(line) < 3:
		default:
			if _, err := fmt.Sscan(line[2:], &pgid); err != nil || pgid <= 1 {
				continue // group 1 and 0 would be everybody or ourselves
			}
			if line[0] == '+' {
				set[pgid] = true
			} else {
				delete(set, pgid)
			}
		}
	}
	return slices.Sorted(maps.Keys(set)), marker
}

// A target is something the guard still has to end.
type target struct{ terminate, kill func() }
