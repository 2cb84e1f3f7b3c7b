//go:build unix && !race

package command_test

import (
	"strings"
	"testing"
)

// TestTheBuiltInClashInEveryWay has the offline matcher search under each strategy,
// and looks at which server the call would go to.
func TestTheBuiltInClashInEveryWay(t *testing.T) {
	for _, test := range []struct {
		strategy string
		pick     string // the key on the card of the call; "" where there is none
		want     []string
	}{
		{"ask", "2", []string{"notes ▸ search"}},
		{"namespace", "", []string{"notes ▸ search", "as notes__search"}},
		{"priority", "", []string{"files ▸ search"}},
		{"describe", "", []string{"notes ▸ search"}},
		{"ask-each-call", "1", []string{"files ▸ search"}},
	} {
		t.Run(test.strategy, func(t *testing.T) {
			m := open(t, "--offline", "--collisions", test.strategy)
			m.expect("5 of 5 ready")
			m.send("search my notes for release\r")
			if test.pick != "" {
				m.expect("search: which server takes this call?")
				m.press(ctrlT)
				m.expect("for how long")
				m.press(test.pick)
			}
			m.expect(append(test.want, `query: "release"`)...)
			if strings.Contains(m.look(), "server: ") {
				t.Errorf("the parameter that picks the server goes along:\n%s", m.look())
			}
		})
	}
}

// TestAChoiceForAlwaysOutlivesTheProgram chooses on the card and starts again; then
// the view of collisions forgets it.
func TestAChoiceForAlwaysOutlivesTheProgram(t *testing.T) {
	home := t.TempDir()
	m := openIn(t, "", home, "--offline")
	m.expect("5 of 5 ready", "search: which server takes this name?")
	m.press(ctrlT)
	m.expect("▸this session")
	m.press("s")
	m.expect("▸always")
	m.press("2")
	m.send("/collisions\r")
	m.expect("server:notes: you chose so, for always", "remembered")
	m.press(ctrlC)
	m.press(ctrlC)
	m.exit()

	m = openIn(t, "", home, "--offline")
	m.expect("5 of 5 ready")
	m.send("search for release\r")
	m.expect("notes ▸ search", `query: "release"`)
	if strings.Contains(m.look(), "which server") {
		t.Errorf("it is asked again:\n%s", m.look())
	}
	m.send("/collisions\r")
	m.expect("server:notes: you chose so, for always")
	m.press("G") // the last row: the remembered choice
	m.expect("decided by you on", "▸ search of")
	m.press("\r")
	m.expect("▸ forget it")
	m.press("\r")
	m.expect("search: which server takes this name?")
}

// TestTheStrategyChangesInTheView gives the name to a server without a restart.
func TestTheStrategyChangesInTheView(t *testing.T) {
	m := open(t, "--offline", "--collisions", "namespace")
	m.expect("5 of 5 ready")
	m.send("/collisions search\r")
	m.expect("namespace: the flag --collisions says so")
	m.press("\r")
	m.expect("▸ give it to files")
	m.press("j")
	m.expect("▸ give it to notes")
	m.press("\r")
	m.expect("server:notes: you chose so in this session")
	m.press("q")
	m.send("search for release\r")
	m.expect("notes ▸ search", `query: "release"`)
}
