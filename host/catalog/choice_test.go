package catalog_test

import (
	"strings"
	"testing"

	"switchboard/host/catalog"
)

func TestParseChoice(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"ask", "namespace", "ask-each-call", "priority", "describe", "server:my files"} {
		c, err := catalog.ParseChoice(s)
		if err != nil || string(c) != s {
			t.Errorf("%s: %q, %v", s, c, err)
		}
	}
	for _, s := range []string{"", "server", "server:", "Ask", "prio"} {
		if c, err := catalog.ParseChoice(s); err == nil || !strings.Contains(err.Error(), "server:NAME") {
			t.Errorf("%q: %q, %v", s, c, err)
		}
	}
	if owner, ok := catalog.Server("x").Owner(); owner != "x" || !ok {
		t.Errorf("Owner = %q, %v", owner, ok)
	}
	if owner, ok := catalog.Namespace.Owner(); ok {
		t.Errorf("Namespace has the owner %q", owner)
	}
}
