package ui_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

// The README shows a true picture of the screen: this one.
func TestReadmePicture(t *testing.T) {
	t.Parallel()
	on(t, uitest.Size{Width: 96, Height: 23}, func(d *uitest.Driver, e *uitest.Engine) {
		playReadme(d, e)
		d.Golden()
		readme, err := os.ReadFile("../README.md")
		if err != nil {
			t.Fatal(err)
		}
		if picture := indented(d.Screen()); !strings.Contains(string(readme), picture) {
			t.Errorf("the README shows something else; it should show:\n%s", picture)
		}
	})
}

// playReadme is a turn over three servers, with a call that waits for the person
// and a server that is switched off.
func playReadme(d *uitest.Driver, e *uitest.Engine) {
	for i, name := range []string{"calculator", "clock", "files", "notes"} {
		e.Play(server(name, host.ServerReady, func(s *host.ServerStatus) {
			s.Tools, s.Latency = []int{5, 4, 3, 4}[i], 3*time.Millisecond
		}))
	}
	e.Play(server("weather", host.ServerDisabled),
		host.ModelChosen{Provider: "openai", Name: "gpt-5.4-mini", Why: "the flag --model names it"})
	e.Play(asking("Note the time in Tokyo, and 12.5% of 840", "")...)
	e.Play(answered("clock", "now", `{"timezone":"Asia/Tokyo"}`, "It is 18:30:00.")...)
	e.Play(answered("calculator", "evaluate", `{"expression":"12.5% of 840"}`, "105")...)
	e.Play(host.Text{Turn: 1, Text: clean.Foreign("It is half past six in the evening in Tokyo, and 12.5% of 840 is 105.")})
	e.Play(called(1, "notes", "add_note", `{"text":"Tokyo 18:30; 12.5% of 840 = 105"}`,
		describe("Keep a note. The answer tells its id."), adding)...)
	d.Wait(time.Second)
	d.Press("ctrl+t")
	d.Wait(time.Second)
}

// answered is a call that a server has answered.
func answered(server, tool, arguments, result string) []host.Event {
	id := host.CallID("c" + tool)
	return []host.Event{
		host.CallPlanned{ID: id, Name: clean.Foreign(tool), Server: server, Tool: tool, Arguments: []byte(arguments)},
		host.CallFinished{ID: id, Server: server, Tool: tool, Outcome: host.Succeeded, Text: clean.Foreign(result), Took: 3 * time.Millisecond},
	}
}

// indented is a screen the way Markdown shows text as it stands.
func indented(screen string) string {
	rows := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight("    "+row, " ")
	}
	return strings.Join(rows, "\n") + "\n"
}
