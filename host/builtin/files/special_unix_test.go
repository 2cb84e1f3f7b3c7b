//go:build unix

package files_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"switchboard/host/builtin/tool/tooltest"
)

// A pipe that nobody writes to must not hold up any tool.
func TestSpecialFiles(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"a.txt": "needle"})
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	must(t, os.Symlink("pipe", filepath.Join(dir, "to-pipe")))
	short, err := os.MkdirTemp("", "s")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(short) })
	socket, err := net.Listen("unix", filepath.Join(short, "socket"))
	must(t, err)
	t.Cleanup(func() { socket.Close() })

	s := serve(t, dir)
	for path, want := range map[string]string{"pipe": "is a named pipe", "to-pipe": "is a named pipe"} {
		if got := tooltest.Refuses(t, s, "read", args{"path": path}); !strings.Contains(got, want) {
			t.Errorf("read(%s) refused with %q", path, got)
		}
	}
	if got := tooltest.Refuses(t, serve(t, short), "read", args{"path": "socket"}); !strings.Contains(got, "is a socket") {
		t.Errorf("read(socket) refused with %q", got)
	}
	if got := tooltest.Says(t, s, "search", args{"query": "needle"}); !strings.Contains(got, "a.txt:1: needle") {
		t.Errorf("search said %q", got)
	}
	if got := tooltest.Says(t, s, "search", args{"query": "needle", "path": "pipe"}); !strings.Contains(got, "Nothing contains") {
		t.Errorf("search in a pipe said %q", got)
	}
	if got := tooltest.Says(t, s, "list", nil); !strings.Contains(got, "pipe  (a pipe, socket or device)\nto-pipe -> pipe") {
		t.Errorf("list said %q", got)
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := tree(t, map[string]string{"closed/a.txt": "needle", "b.txt": "needle"})
	must(t, os.Chmod(filepath.Join(dir, "b.txt"), 0))
	must(t, os.Chmod(filepath.Join(dir, "closed"), 0))
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "closed"), 0o700) })
	s := serve(t, dir)
	if got := tooltest.Refuses(t, s, "read", args{"path": "b.txt"}); !strings.Contains(got, "permission denied") {
		t.Errorf("read refused with %q", got)
	}
	if got := tooltest.Says(t, s, "search", args{"query": "needle"}); !strings.Contains(got, "skipped: closed") {
		t.Errorf("search said %q", got)
	}
}
