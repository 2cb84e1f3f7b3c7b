package ui_test

import (
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

// A scene brings the program to a state worth a picture.
type scene struct {
	name string
	play func(d *uitest.Driver, e *uitest.Engine)
}

var scenes = []scene{
	{"starting", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerStarting)...)
		e.Play(server("calculator", host.ServerReady), server("notes", host.ServerReady))
		d.Wait(700 * time.Millisecond)
	}},
	{"ready", func(d *uitest.Driver, e *uitest.Engine) { e.Play(builtins(host.ServerReady)...) }},
	{"streaming", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(asking("What is a switchboard?", "A **switchboard** connects many lines and has an operator in front of it.\n\n1. A line rings.\n2. The operator answers and")...)
		d.Type("and who invented it?")
	}},
	{"approval", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(asking("Write the sum of 17 and 25 to sum.txt", "I will write the sum to the file.")...)
		e.Play(called(1, "files", "write_file", `{"path":"sum.txt","content":"17 + 25 = 42\n"}`,
			says("I will write the sum to the file."), describe("Writes a file in the folder, and makes it when it is not there."))...)
		d.Wait(1300 * time.Millisecond)
	}},
	{"three", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(asking("Weather in Bern, the time there, and note both", "I ask three servers at once.")...)
		e.Play(called(1, "weather", "forecast", `{"place":"Bern","days":2}`, reading)...)
		e.Play(called(2, "clock", "now", `{"zone":"Europe/Zurich"}`, reading)...)
		e.Play(called(3, "notes", "add", `{"title":"Bern","text":"Weather and time\nto be filled in\n"}`)...)
		d.Wait(2 * time.Second)
		d.Press("ctrl+t")
		d.Wait(time.Second)
	}},
	{"collision", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(searchCollision(1, ""))
		d.Wait(time.Second)
		d.Press("ctrl+t")
		d.Wait(time.Second)
	}},
	{"failed", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(server("github", host.ServerFailed, because("exited with status 1 after 0.2 s: GITHUB_TOKEN is required; set it and press r to start the server again"),
			func(s *host.ServerStatus) {
				s.Builtin, s.PID = false, 0
				s.Stderr = clean.Foreign("starting github server\nerror: GITHUB_TOKEN is required\n")
			}))
		e.Play(server("slack", host.ServerDisabled))
		d.Wait(100 * time.Millisecond)
		d.Press("tab")
		d.Press("enter")
		d.Wait(12 * time.Second)
	}},
	{"servers", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(server("weather", host.ServerReady, func(s *host.ServerStatus) { s.Tools, s.InFlight, s.Latency = 3, 1, 40*time.Millisecond }))
		e.Play(server("github", host.ServerNeedsYou, because("sign in: the server asked for authorization")))
		e.Play(server("search", host.ServerDegraded, because("3 probes in a row went unanswered")))
		d.Wait(100 * time.Millisecond)
		d.Press("tab", "j")
	}},
	{"help", func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Press("?")
	}},
}

func TestScreens(t *testing.T) {
	t.Parallel()
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			uitest.Each(t, sizes, func(t *testing.T, size uitest.Size) {
				on(t, size, func(d *uitest.Driver, e *uitest.Engine) {
					s.play(d, e)
					d.Wait(100 * time.Millisecond)
					d.Golden()
				})
			})
		})
	}
}
