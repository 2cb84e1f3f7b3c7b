package builtin_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "hello.txt"), []byte("hello there\n"), 0o600))
	c := open(t, "files", in(dir))
	contains(t, c.says("list", nil), "hello.txt  12 bytes")
	if got := c.says("read", args{"path": "hello.txt"}); got != "hello there\n" {
		t.Errorf("read said %q", got)
	}
	contains(t, c.says("search", args{"query": "THERE"}), "hello.txt:1: hello there")
	contains(t, c.refuses("read", args{"path": "/etc/passwd"}), "leads outside the folder")
	contains(t, c.refuses("read", args{"path": "../secret"}), "leads outside the folder")
	contains(t, c.refuses("read", args{"file": "hello.txt"}), `read has no argument "file"; it takes path, offset, limit`)
	var found struct {
		Matches []struct {
			Path, Text string
			Line       int
		}
		Complete bool
	}
	must(t, json.Unmarshal(c.call("search", args{"query": "hello t"}).Structured, &found))
	if len(found.Matches) != 1 || found.Matches[0].Path != "hello.txt" || found.Matches[0].Line != 1 || !found.Complete {
		t.Errorf("the structured content of search is %+v", found)
	}
}
