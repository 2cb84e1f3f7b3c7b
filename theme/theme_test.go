package theme_test

import (
	"strings"
	"testing"

	"switchboard/theme"
)

func TestEveryNamedThemeExists(t *testing.T) {
	t.Parallel()
	for _, name := range append(theme.Names(), "") {
		for _, dark := range []bool{true, false} {
			if _, err := theme.New(name, dark); err != nil {
				t.Errorf("New(%q, %v): %v", name, dark, err)
			}
		}
	}
}

func TestAutoFollowsTheTerminal(t *testing.T) {
	t.Parallel()
	for dark, want := range map[bool]string{true: "dark", false: "light"} {
		th, err := theme.New("auto", dark)
		if err != nil || th.Name != want || th.Dark != dark {
			t.Errorf("New(auto, %v) is %q (dark %v), %v; want %q", dark, th.Name, th.Dark, err, want)
		}
	}
}

func TestUnknownThemeNamesTheKnown(t *testing.T) {
	t.Parallel()
	_, err := theme.New("solarized", true)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range append(theme.Names(), "solarized") {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %q", err, want)
		}
	}
}

// The theme without colours writes no colour, and still sets apart what must be
// seen at once.
func TestNoneHasNoColour(t *testing.T) {
	t.Parallel()
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	if !th.Plain {
		t.Error("not marked as plain")
	}
	for name, style := range styles(th) {
		if out := style.Render("x"); strings.Contains(out, "[3") && !strings.Contains(out, "[3m") || strings.Contains(out, ";3") {
			t.Errorf("%s has a colour: %q", name, out)
		}
	}
	for _, name := range []string{"Accent", "You", "Warn", "Bad", "Key", "Selected", "Link", "Strong"} {
		if styles(th)[name].Render("x") == "x" {
			t.Errorf("%s cannot be told from ordinary text", name)
		}
	}
}
