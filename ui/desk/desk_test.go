package desk_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/desk"
	"switchboard/ui/sheet"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.Local)

func tool(server, description, schema string) catalog.Tool {
	return catalog.Tool{
		ID: catalog.ID{Server: server, Tool: "search"}, Description: clean.Foreign(description),
		Schema: json.RawMessage(schema), Hints: catalog.Hints{ReadOnly: true},
	}
}

// told is a clash, a server with a strategy of its own, a name, a hidden tool and
// two remembered choices.
func told() host.CollisionsListed {
	tools := []catalog.Tool{
		tool("files", "Finds text in files.", `{"type":"object","properties":{"query":{"type":"string"},"path":{"type":"string"}},"required":["query"]}`),
		tool("notes", "Finds notes by their words.", `{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}`),
	}
	clash := host.ClashInfo{
		Name: "search", Ruling: host.Ruling{Strategy: "server:notes", By: "you chose so, for always", Since: now.Add(-50 * time.Hour)},
		Comparison: catalog.Compare(tools),
	}
	for i, t := range tools {
		c := host.Candidate{Tool: t, Prefixed: t.ID.Server + "__search", State: host.ServerReady, P50: 3 * time.Millisecond, Calls: 8, Failed: i}
		clash.Candidates = append(clash.Candidates, host.ClashRoute{Candidate: c, Routed: 4 * i})
	}
	clash.Candidates[1].Offered = "search"
	return host.CollisionsListed{
		Default: host.Ruling{Strategy: catalog.Ask, By: "nothing was said about it"},
		Servers: []host.ServerRuling{{Server: "files"}, {Server: "notes", Ruling: host.Ruling{Strategy: catalog.Priority, By: "the configuration says so"}}},
		Clashes: []host.ClashInfo{clash},
		Own: []host.OwnTool{
			{Tool: catalog.ID{Server: "files", Tool: "read"}, Alias: "cat", By: "the configuration says so", Offered: "cat"},
			{Tool: catalog.ID{Server: "web", Tool: "list"}, Hidden: true, By: "you said so in this session"},
		},
		Remembered: []host.RememberedChoice{
			{ID: "r1", Tool: "search", Text: "search of files, notes: server:notes", Origin: "decided by you", Created: now.Add(-50 * time.Hour)},
			{ID: "r2", Tool: "list", Text: "list of files, web: describe", Origin: "decided by you", Created: now.Add(-60 * time.Hour), Doubts: []string{"web defines it in another way"}},
		},
		Names:   catalog.Names{"search": {{Server: "notes", Tool: "search"}}, "cat": {{Server: "files", Tool: "read"}}},
		Lasting: true,
	}
}

// opened is a desk that the host has told what there is.
func opened(t *testing.T, name string, listed host.CollisionsListed) *desk.Desk {
	t.Helper()
	th, err := theme.New(name, true)
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(th)
	if a := d.Open(""); a.Op != (host.ListCollisions{On: true}) {
		t.Fatalf("opening asks for %+v", a)
	}
	d.Apply(listed)
	d.View(100, 40, now)
	return d
}

func press(d *desk.Desk, keys string) (last sheet.Action) {
	for k := range strings.FieldsSeq(keys) {
		last = d.Press(keyPress(k))
		d.View(100, 40, now)
	}
	return last
}

func keyPress(name string) tea.KeyPressMsg {
	switch name {
	case "enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "down":
		return tea.KeyPressMsg{Code: tea.KeyDown}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "ctrl+u":
		return tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: rune(name[0]), Text: name}
}

func TestWhatCanBeChanged(t *testing.T) {
	t.Parallel()
	search := func(server string) catalog.ID { return catalog.ID{Server: server, Tool: "search"} }
	for keys, want := range map[string]host.Op{
		"enter enter":                                        host.SetStrategy{Tool: "search", Strategy: "server:files", Scope: host.Session},
		"enter down enter":                                   host.SetStrategy{Tool: "search", Strategy: "server:notes", Scope: host.Session},
		"a enter down down enter":                            host.SetStrategy{Tool: "search", Strategy: catalog.Ask, Scope: host.Always},
		"enter a down down j enter":                          host.SetStrategy{Tool: "search", Strategy: catalog.Namespace, Scope: host.Always},
		"enter j j j j enter":                                host.SetStrategy{Tool: "search", Strategy: catalog.Priority, Scope: host.Session},
		"enter j j j j j enter":                              host.SetStrategy{Tool: "search", Strategy: catalog.Describe, Scope: host.Session},
		"enter j j j j j j enter":                            host.SetStrategy{Tool: "search", Strategy: catalog.AskEachCall, Scope: host.Session},
		"enter j j j j j j j j enter":                        host.HideTool{Tool: search("files"), Hidden: true, Scope: host.Session},
		"a enter j j j j j j j enter enter":                  host.NameTool{Tool: search("files"), Alias: "search_files", Scope: host.Always},
		"enter j j j j j j j j j enter ctrl+u g r e p enter": host.NameTool{Tool: search("notes"), Alias: "grep", Scope: host.Session},
		"enter j j j j j j j j j j j j j enter":              host.SetStrategy{Tool: "search", Scope: host.Session},
		"j enter j enter":                                    host.SetStrategy{Strategy: catalog.Namespace, Scope: host.Session},
		"j j j enter j j enter":                              host.SetStrategy{Server: "notes", Strategy: catalog.Priority, Scope: host.Session},
		"j j j j enter enter":                                host.NameTool{Tool: catalog.ID{Server: "files", Tool: "read"}, Scope: host.Session},
		"j j j j j enter enter":                              host.HideTool{Tool: catalog.ID{Server: "web", Tool: "list"}, Scope: host.Session},
		"j j j j j j j enter enter":                          host.ForgetChoice{ID: "r2"},
		"enter esc enter esc a":                              nil,
	} {
		t.Run(keys, func(t *testing.T) {
			t.Parallel()
			d := opened(t, "dark", told())
			if got := press(d, keys).Op; got != want {
				t.Errorf("got %+v, want %+v\n%s", got, want, screen(d, 100, 40))
			}
		})
	}
}

func screen(d *desk.Desk, w, h int) string {
	return ansi.Strip(strings.Join(d.View(w, h, now), "\n"))
}

func TestANameIsCheckedWhileItIsTyped(t *testing.T) {
	t.Parallel()
	d := opened(t, "dark", told())
	press(d, "enter j j j j j j j enter ctrl+u c a")
	if s := screen(d, 100, 40); !strings.Contains(s, "✓ free") || !d.Typing() {
		t.Errorf("a free name is not told:\n%s", s)
	}
	if a := press(d, "t enter"); a.Op != nil || !strings.Contains(a.Note, "taken by files/read") {
		t.Errorf("a taken name gave %+v", a)
	}
	if s := screen(d, 100, 40); !strings.Contains(s, "✗ the name cat is taken by files/read") {
		t.Errorf("a taken name is not told:\n%s", s)
	}
	d.Paste("s")
	screen(d, 100, 40)
	if x, y, ok := d.Cursor(); !ok || x != len("name: cats") || !strings.Contains(strings.Split(screen(d, 100, 40), "\n")[y], "cats") {
		t.Errorf("the cursor stands at %d, %d, %v", x, y, ok)
	}
	if a := press(d, "enter"); a.Op != (host.NameTool{Tool: catalog.ID{Server: "files", Tool: "search"}, Alias: "cats", Scope: host.Session}) {
		t.Errorf("got %+v", a)
	}
}

func TestNothingIsForAlwaysWhereNothingLasts(t *testing.T) {
	t.Parallel()
	listed := told()
	listed.Lasting = false
	d := opened(t, "dark", listed)
	if a := press(d, "a"); !strings.Contains(a.Note, "nothing is remembered") {
		t.Errorf("got %+v", a)
	}
	if op := press(d, "enter enter").Op.(host.SetStrategy); op.Scope != host.Session {
		t.Errorf("got %+v", op)
	}
}

// A row that goes while its menu is open takes the menu with it.
func TestTheMenuGoesWithItsRow(t *testing.T) {
	t.Parallel()
	d := opened(t, "dark", told())
	press(d, "enter")
	d.Apply(host.CollisionsListed{Default: host.Ruling{Strategy: catalog.Namespace, By: "x"}})
	if s := screen(d, 100, 40); strings.Contains(s, "give it to") || !strings.Contains(s, "all names") {
		t.Errorf("the screen says:\n%s", s)
	}
}

func TestOpeningWithAName(t *testing.T) {
	t.Parallel()
	listed := told()
	listed.Clashes = append([]host.ClashInfo{{Name: "list", Ruling: host.Ruling{Strategy: catalog.Ask}}}, listed.Clashes...)
	d := opened(t, "dark", listed)
	d.Open("search")
	if s := screen(d, 100, 40); !strings.Contains(s, "▸ search") {
		t.Errorf("the screen says:\n%s", s)
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{86, 34}, {79, 22}, {49, 18}} {
		for name, keys := range map[string]string{"clash": "", "menu": "enter", "remembered": "j j j j j j j"} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				d := opened(t, "none", told())
				press(d, keys)
				lines := d.View(size[0], size[1], now)
				for _, l := range lines {
					if w := ansi.StringWidth(l); w > size[0] {
						t.Errorf("a line takes %d cells", w)
					}
				}
				golden.RequireEqual(t, []byte(ansi.Strip(strings.Join(lines, "\n"))+"\n"))
			})
		}
	}
}
