package composer_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"switchboard/theme"
	"switchboard/ui/composer"
)

func withCommands(t *testing.T) *composer.Composer {
	t.Helper()
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	c := composer.New(th)
	c.Resize(60)
	c.SetCommands([]composer.Command{
		{Name: "help", Help: "the keys"},
		{Name: "servers", Args: "[NAME]", Help: "look at a server", Words: func() []string { return []string{"github", "GitLab", "slack"} }},
		{Name: "resume", Help: "an earlier session"},
	})
	return c
}

func typed(c *composer.Composer, keys ...string) (sent string) {
	for _, k := range keys {
		var a composer.Action
		switch k {
		case "enter":
			a = c.Press(tea.KeyPressMsg{Code: tea.KeyEnter})
		case "up":
			a = c.Press(tea.KeyPressMsg{Code: tea.KeyUp})
		case "down":
			a = c.Press(tea.KeyPressMsg{Code: tea.KeyDown})
		case "backspace":
			a = c.Press(tea.KeyPressMsg{Code: tea.KeyBackspace})
		default:
			for _, r := range k {
				c.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
		if a.Send != "" {
			sent = a.Send
		}
	}
	return sent
}

func screen(c *composer.Composer) string {
	var rows []string
	for _, r := range c.View() {
		rows = append(rows, strings.TrimRight(ansi.Strip(r), " "))
	}
	return strings.Join(rows, "\n")
}

func TestMenuShowsWhatASlashMayBecome(t *testing.T) {
	t.Parallel()
	c := withCommands(t)
	typed(c, "/")
	for _, want := range []string{"▸ /help", "/servers [NAME]  look at a server", "/resume"} {
		if !strings.Contains(screen(c), want) {
			t.Errorf("no %q in\n%s", want, screen(c))
		}
	}
	if got := len(c.View()); got != c.Height() {
		t.Errorf("%d rows are drawn and %d asked for", got, c.Height())
	}
	typed(c, "re")
	if strings.Contains(screen(c), "/help") || !strings.Contains(screen(c), "▸ /resume") {
		t.Errorf("typing does not narrow the menu:\n%s", screen(c))
	}
	typed(c, "zzz")
	if c.Choosing() || c.Height() != 1 {
		t.Errorf("the menu is open without an offer:\n%s", screen(c))
	}
}

func TestEnterTakesTheOffer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, want string
		keys       []string
	}{
		{"the first that fits", "/resume", []string{"/re", "enter"}},
		{"a chosen one", "/resume", []string{"/", "up", "enter"}},
		{"one whose words may follow waits for them", "", []string{"/ser", "enter"}},
		{"and goes without them", "/servers ", []string{"/ser", "enter", "enter"}},
		{"or with one", "/servers github", []string{"/ser", "enter", "g", "enter"}},
		{"chosen by arrow", "/servers GitLab", []string{"/ser", "enter", "down", "down", "enter"}},
		{"whatever its case", "/servers GitLab", []string{"/servers gitl", "enter"}},
		{"no command at all", "/usr/bin is a folder", []string{"/usr/bin is a folder", "enter"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := typed(withCommands(t), test.keys...); got != test.want {
				t.Errorf("sent %q, want %q", got, test.want)
			}
		})
	}
}

func TestDismissedUntilTheDraftIsAnother(t *testing.T) {
	t.Parallel()
	c := withCommands(t)
	typed(c, "/he")
	if !c.Dismiss() || c.Choosing() || c.Dismiss() {
		t.Error("the menu cannot be closed once")
	}
	typed(c, "l")
	if !c.Choosing() {
		t.Error("the menu stays closed for another draft")
	}
	typed(c, "backspace")
	c.Dismiss()
	if got := typed(c, "enter"); got != "/he" {
		t.Errorf("with the menu closed %q was sent", got)
	}
}

func TestTabCompletes(t *testing.T) {
	t.Parallel()
	c := withCommands(t)
	typed(c, "/serv")
	if !c.Complete() || c.Draft() != "/servers " {
		t.Errorf("the draft is %q", c.Draft())
	}
	typed(c, "sl")
	if !c.Complete() || c.Draft() != "/servers slack" || c.Complete() {
		t.Errorf("the draft is %q", c.Draft())
	}
}
