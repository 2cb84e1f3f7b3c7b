package transcript_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/transcript"
)

func voided(why string) host.Event {
	return host.TextVoided{Why: clean.Foreign(why), Wait: 3 * time.Second}
}

// shown is the window without colours and empty lines.
func shown(tr *transcript.Transcript) string {
	var lines []string
	for _, l := range tr.View() {
		if l = strings.TrimSpace(ansi.Strip(l)); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func TestVoidTakesBackWhatTheStepSaid(t *testing.T) {
	t.Parallel()
	thought := host.Reasoning{Text: clean.Foreign("hm")}
	step := host.StepStarted{}
	for name, c := range map[string]struct {
		events []host.Event
		want   []string
		gone   []string
	}{
		"text":                 {[]host.Event{prompt("go"), step, text("Half of"), voided("cut off"), text("All of it")}, []string{"go", "Asking the model again in 3.0 s: cut off", "All of it"}, []string{"Half"}},
		"reasoning and text":   {[]host.Event{prompt("go"), step, thought, text("Half"), thought, text("of"), voided("cut"), text("All")}, []string{"go", "All"}, []string{"Half", "of", "thought", "thinking"}},
		"nothing yet":          {[]host.Event{prompt("go"), step, voided("overloaded"), text("All")}, []string{"go", "overloaded", "All"}, nil},
		"earlier steps stand":  {[]host.Event{prompt("go"), step, text("First."), plan("1", "s", "t", "{}"), finish("1", host.Succeeded, "ok"), step, text("Half"), voided("cut"), text("Last.")}, []string{"First.", "t", "Last."}, []string{"Half"}},
		"the last reason only": {[]host.Event{prompt("go"), step, text("Half"), voided("once"), text("More"), voided("twice"), text("All")}, []string{"twice", "All"}, []string{"Half", "More", "once"}},
		"hidden characters":    {[]host.Event{prompt("go"), step, voided("a\x1b[2Jb")}, []string{"Asking"}, []string{"\x1b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := newTranscript(t, "dark", 60, 30)
			play(tr, c.events...)
			got := shown(tr)
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("%q is missing in\n%s", w, got)
				}
			}
			for _, g := range c.gone {
				if strings.Contains(got, g) {
					t.Errorf("%q still stands in\n%s", g, got)
				}
			}
		})
	}
}

// What was selected when it went away cannot be copied any more.
func TestVoidClearsTheSelection(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "dark", 60, 30)
	play(tr, prompt("go"), host.StepStarted{}, text("Half"))
	tr.View()
	tr.Select(-1)
	if text, ok := tr.Selected(); !ok || text != "Half" {
		t.Fatalf("selected %q", text)
	}
	play(tr, voided("cut"))
	if text, ok := tr.Selected(); ok {
		t.Errorf("still selected: %q", text)
	}
}
