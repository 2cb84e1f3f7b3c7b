package process

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// marked finds the processes that carry the session's marker in the environment
// they were started with. Only those of our own user can be read, which are the
// only ones we could have started.
func marked(marker string) []target {
	if marker == "" {
		return nil
	}
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	needle := []byte(MarkerName + "=" + marker + "\x00")
	var found []target
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || pid == os.Getpid() {
			continue
		}
		// A zombie's environment is empty, so it does not count as alive.
		if env, err := os.ReadFile(file); err == nil && bytes.Contains(env, needle) {
			found = append(found, liveProcess(pid))
		}
	}
	return found
}

func liveProcess(pid int) target {
	return target{
		terminate: func() { _ = syscall.Kill(pid, syscall.SIGTERM) },
		kill:      func() { _ = syscall.Kill(pid, syscall.SIGKILL) },
	}
}
