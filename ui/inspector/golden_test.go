package inspector_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/inspector"
)

// sizes are those of the conversation's place on terminals of 120×36, 80×24 and
// 50×20.
var sizes = [][2]int{{84, 33}, {79, 20}, {49, 16}}

// scenes bring the inspector to a state worth a picture.
var scenes = []struct {
	name string
	of   func() host.ServerInspected
	play func(in *inspector.Inspector)
}{
	{"overview", github, func(*inspector.Inspector) {}},
	{"overview-end", github, func(in *inspector.Inspector) { in.View(84, 20, now); press(in, "end") }},
	{"failed", crashed, func(*inspector.Inspector) {}},
	{"calls", github, func(in *inspector.Inspector) { press(in, "2") }},
	{"call", github, func(in *inspector.Inspector) { press(in, "2", "enter") }},
	{"tools", github, func(in *inspector.Inspector) { press(in, "3", "down") }},
	{"tools-filter", github, func(in *inspector.Inspector) { press(in, "3", "/"); typing(in, "issue") }},
	{"tool", github, func(in *inspector.Inspector) { press(in, "3", "down", "down", "enter") }},
	{"tool-raw", github, func(in *inspector.Inspector) { press(in, "3", "down", "down", "enter", "x") }},
	{"form", github, func(in *inspector.Inspector) {
		press(in, "3", "down", "down", "c")
		typing(in, "is:open")
		press(in, "tab", "backspace", "backspace")
		typing(in, "many")
		press(in, "tab", "space", "ctrl+s")
	}},
	{"result", github, func(in *inspector.Inspector) {
		press(in, "3", "down", "c", "enter")
		in.Apply(host.CalledByHand{Server: "github", Tool: "ping", Result: host.CallFinished{Outcome: host.Succeeded, Text: clean.Foreign("pong\n\x1b[2J世界"), Took: 3e6, Bytes: 14}})
	}},
	{"sure", github, func(in *inspector.Inspector) { press(in, "3", "c"); typing(in, "A title"); press(in, "ctrl+s") }},
	{"resources", github, func(in *inspector.Inspector) { press(in, "4") }},
	{"resource", github, func(in *inspector.Inspector) {
		press(in, "4", "enter", "enter")
		in.Apply(host.ResourceRead{Server: "github", URI: "repo://a/b/README.md", Text: clean.Foreign("# b\n\nIt is b."), MIME: "text/markdown", Bytes: 12})
	}},
	{"template", github, func(in *inspector.Inspector) { press(in, "4", "down", "enter", "enter") }},
	{"prompts", github, func(in *inspector.Inspector) { press(in, "5") }},
	{"prompt", github, func(in *inspector.Inspector) { press(in, "5", "enter") }},
	{"log", github, func(in *inspector.Inspector) { press(in, "6") }},
	{"log-line", github, func(in *inspector.Inspector) { press(in, "6", "enter") }},
	{"wire", github, func(in *inspector.Inspector) { press(in, "7", "up") }},
	{"message", github, func(in *inspector.Inspector) { press(in, "7", "up", "up", "enter") }},
	{"message-raw", github, func(in *inspector.Inspector) { press(in, "7", "up", "up", "enter", "x") }},
	{"untrusted", untrusted, func(in *inspector.Inspector) { press(in, "u") }},
	{"not-heard", unheard, func(*inspector.Inspector) {}},
}

func untrusted() host.ServerInspected {
	e := crashed()
	e.Inspection.Status = host.ServerStatus{Name: "github", State: host.ServerUntrusted, Since: ago(1e9), Reason: text("it comes from the file .mcp.json of this folder and has not been trusted")}
	return e
}

// unheard is a server of which nothing but the name is known.
func unheard() host.ServerInspected {
	return host.ServerInspected{Inspection: host.Inspection{Status: host.ServerStatus{Name: "github", State: host.ServerStarting}}}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	for _, s := range scenes {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s/%dx%d", s.name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				in := looking(t, s.of())
				in.View(size[0], size[1], now)
				s.play(in)
				golden.RequireEqual(t, []byte(screen(in, size[0], size[1])))
			})
		}
	}
}

// One picture with styles for a theme with colours and for the one without.
func TestPictureOfThemes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dark", "none"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := newInspector(t, name)
			e := crashed()
			in.Open(e.Inspection.Status)
			in.Apply(e)
			golden.RequireEqual(t, []byte(strings.Join(in.View(84, 33, now), "\n")))
		})
	}
}
