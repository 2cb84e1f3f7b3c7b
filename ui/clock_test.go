package ui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
)

// An idle screen asks for nothing: no timer runs that would wake the program up.
func TestIdleNeverWakesUp(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		events []host.Event
		idle   bool
	}{
		{"nothing yet", nil, true},
		{"all ready", builtins(host.ServerReady), true},
		{"one starts", append(builtins(host.ServerReady), server("x", host.ServerStarting)), false},
		{"one failed", append(builtins(host.ServerReady), server("x", host.ServerFailed, because("exited"))), true},
		{"a turn runs", []host.Event{host.TurnStarted{Turn: 1}}, false},
		{"a turn has ended", []host.Event{host.TurnStarted{Turn: 1}, host.TurnEnded{Turn: 1, Finish: host.FinishDone}}, true},
		{"a question waits", []host.Event{approval(1, "files", "delete", `{}`)}, false},
		{"nothing waits any more", []host.Event{approval(1, "files", "delete", `{}`), host.Withdrawn{ID: 1}}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk()
			d.update(tea.FocusMsg{})
			d.hear(tt.events...)
			_, cmd := d.model.Update(tea.FocusMsg{})
			if tt.idle && cmd != nil {
				t.Error("it asked for something")
			}
			if busy := cmd != nil || d.ticking; !tt.idle && !busy {
				t.Error("nothing moves it on")
			}
		})
	}
}

// A note goes away by itself, and the clock stops behind it.
func TestNoteGoesAway(t *testing.T) {
	t.Parallel()
	d := newDesk()
	_, cmd := d.model.Update(key("ctrl+t"))
	if cmd == nil {
		t.Fatal("no clock for a note")
	}
	d.now = d.now.Add(time.Minute)
	if _, cmd = d.model.Update(cmd()); cmd != nil {
		t.Error("the clock runs on")
	}
}

func BenchmarkFrame(b *testing.B) {
	d := newDesk(builtins(host.ServerReady)...)
	d.update(tea.WindowSizeMsg{Width: 120, Height: 40})
	d.hear(asking("go", "I go")...)
	d.hear(called(1, "files", "write_file", `{"path":"sum.txt","content":"17 + 25 = 42\n"}`, describe("Writes a file."))...)
	b.ReportAllocs()
	for i := range b.N {
		d.hear(host.Text{Turn: 1, Text: clean.Foreign(fmt.Sprint("word ", i%10))})
	}
}
