//go:build unix

package servertest_test

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// gone tells whether none of the processes in a file is left within two seconds.
func gone(file string) bool {
	raw, _ := os.ReadFile(file)
	for end := time.Now().Add(2 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		left := 0
		for field := range strings.FieldsSeq(string(raw)) {
			if pid, err := strconv.Atoi(field); err != nil || syscall.Kill(pid, 0) == nil {
				left++
			}
		}
		if left == 0 || time.Now().After(end) {
			return left == 0
		}
	}
}
