//go:build unix && !race

package command_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// awaitCanary waits until a command of the clone has run.
func (c *clone) awaitCanary(name string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(c.outside, name)); err == nil {
			return
		}
	}
	c.t.Fatalf("%s never ran", name)
}

// TestAT15CloneRunsNothingBeforeConsent opens the chat in a clone that tries
// everything: nothing of it is started, reached or obeyed before the person has
// said yes to that one server, and a yes holds for what was shown and no more.
func TestAT15CloneRunsNothingBeforeConsent(t *testing.T) {
	c := newClone(t)
	home := t.TempDir()

	m := openIn(t, c.dir, home, "--offline")
	m.expect("5 of 7 ready", "start db?", "reach web?")
	m.send("y\r") // typed into the composer, Enter included
	m.press("s")
	m.press(backspace)
	c.untouched()

	m.press(ctrlT)
	m.expect("no", "start it, this session")
	m.press("\r") // Enter alone is no answer
	c.untouched()
	m.press("\x1b[F") // all of it has to be seen
	m.press("s")
	c.awaitCanary("db")
	m.press(ctrlC)
	m.press(ctrlC)
	m.exit()
	c.reset()

	// The next session asks again; this time it is for good.
	m = openIn(t, c.dir, home, "--offline")
	m.expect("start db?")
	c.untouched()
	m.press(ctrlT)
	m.press("\x1b[F")
	m.press("a")
	c.awaitCanary("db")
	m.expect("db is started from now on")
	m.press(ctrlC)
	m.press(ctrlC)
	m.exit()
	c.reset()

	m = openIn(t, c.dir, home, "--offline")
	c.awaitCanary("db")
	m.press(ctrlC)
	m.press(ctrlC)
	m.exit()
	c.reset()

	// One argument more, and it asks again.
	c.write(".mcp.json", fmt.Sprintf(cloneConfig, c.outside, `, "--more"`, c.url))
	m = openIn(t, c.dir, home, "--offline")
	m.expect("start db?")
	m.press(ctrlT)
	m.press("d")
	m.expect("reach web?")
	m.press("d")
	m.press(ctrlC)
	m.press(ctrlC)
	m.exit()
	c.untouched()
}
