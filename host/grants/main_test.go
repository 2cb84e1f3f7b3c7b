package grants_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"switchboard/host/grants"
	"switchboard/host/policy"
)

// With child set, the test binary edits the grants at that path: so many times as
// childEdits says, or until it is killed.
const (
	child      = "GRANTS_TEST_CHILD"
	childName  = "GRANTS_TEST_NAME"
	childEdits = "GRANTS_TEST_EDITS"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(child); path != "" {
		edit(path, os.Getenv(childName), os.Getenv(childEdits))
	}
	os.Exit(m.Run())
}

// edit changes the file again and again, and says each change that is written. Each
// adds one to a count that all editors share, and renews one of a few rules.
func edit(path, name, edits string) {
	n, _ := strconv.Atoi(edits)
	s, err := grants.Open(context.Background(), path)
	for i := 0; err == nil && (n == 0 || i < n); i++ {
		err = s.Update(context.Background(), func(d *grants.Data) error {
			_, err := d.Grant(policy.Rule{Effect: policy.Deny, Server: name, Tool: fmt.Sprintf("t%d", i%20)}, "test", time.Now())
			d.Rules[0].Uses++
			return err
		})
		if err == nil {
			fmt.Println(i)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// editor starts a child that edits the grants.
func editor(t *testing.T, path, name string, edits int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), child+"="+path, childName+"="+name, childEdits+"="+strconv.Itoa(edits))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// open opens grants that are known to be sound.
func open(t *testing.T, path string) *grants.Store {
	t.Helper()
	s, err := grants.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// update changes grants where nothing can go wrong.
func update(t *testing.T, s *grants.Store, change func(*grants.Data)) {
	t.Helper()
	if err := s.Update(t.Context(), func(d *grants.Data) error { change(d); return nil }); err != nil {
		t.Fatal(err)
	}
}
