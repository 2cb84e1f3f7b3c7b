package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

// toolInfo is a tool that the model is sent.
func toolInfo(server, name, about string, set ...func(*host.ToolInfo)) host.ToolInfo {
	i := host.ToolInfo{
		Tool: catalog.Tool{ID: catalog.ID{Server: server, Tool: name}, Description: clean.Foreign(about)},
		Name: name, Bytes: 840, Tokens: 210,
	}
	for _, f := range set {
		f(&i)
	}
	return i
}

// manyTools is a catalogue with something of everything.
func manyTools() host.ToolsListed {
	gone := func(why string) func(*host.ToolInfo) { return func(i *host.ToolInfo) { i.Name, i.Why = "", why } }
	listed := host.ToolsListed{
		Budget: host.Budget{Tools: 41, Tokens: 9800, MaxTools: 30, MaxTokens: 20000, Window: 200000, Searching: true, Found: 2, Rest: 260},
		Servers: []host.ServerCounts{
			{Server: "files", Counts: catalog.Counts{Tools: 3, Resources: 12, Templates: 2}},
			{Server: "github", Counts: catalog.Counts{Tools: 20, Prompts: 3}},
			{Server: "slack", Off: true, Counts: catalog.Counts{Tools: 2}},
		},
	}
	listed.Tools = append(listed.Tools,
		toolInfo("files", "read", "Reads a file.", func(i *host.ToolInfo) { i.Calls = 12 }),
		toolInfo("files", "search", "Looks into all files of the folder for a text.", func(i *host.ToolInfo) { i.Name, i.Calls = "files__search", 1 }),
		toolInfo("files", "watch", "Waits for a change.", func(i *host.ToolInfo) {
			i.Repairs = []string{"properties.paths: a list without items (any items)", "$schema is refused (left out)"}
		}),
		toolInfo("github", "broken", "Nobody knows.", gone("set aside: properties.$top: the name of the property is refused and required")),
		toolInfo("github", "delete_repo", "Deletes a repository.", gone("a rule denies every call to it")),
		toolInfo("github", "search", "Searches issues.", func(i *host.ToolInfo) { i.Name, i.Why = "github__search", "search is also offered by files" }),
	)
	for n := range 17 {
		listed.Tools = append(listed.Tools, toolInfo("github", fmt.Sprintf("zone_%02d", n), "Does something with zones.", func(i *host.ToolInfo) {
			i.Why, i.Unlisted = "not listed: find_tools finds it", true
		}))
	}
	off := func(i *host.ToolInfo) { i.Name, i.Why, i.Off = "", "turned off", true }
	listed.Tools = append(listed.Tools, toolInfo("slack", "post", "Posts.", off), toolInfo("slack", "read\x1b[31m", "Reads \x1b[2Jmessages.", off))
	return listed
}

func TestToolsScreens(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"list": {"j", "j", "j"}, "server": nil, "filter": {"/", "n", "e", "v", "e", "r"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			uitest.Each(t, sizes, func(t *testing.T, size uitest.Size) {
				on(t, size, func(d *uitest.Driver, e *uitest.Engine) {
					e.Play(builtins(host.ServerReady)...)
					d.Type("/tools")
					d.Press("enter")
					e.Play(manyTools())
					d.Expect("41 tools, ")
					d.Press(keys...)
					d.Wait(100 * time.Millisecond)
					d.Golden()
				})
			})
		})
	}
}

func TestToolsAreTurnedOffAndOn(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Type("/tools")
		d.Press("enter")
		d.Expect("asking")
		e.Play(manyTools())
		d.ExpectRow("41 tools, about 9,800 tokens, 4 % of the window; find_tools stands in for 260")
		d.Press("j", "space") // files/read
		d.Expect("files/read: off for this session")
		d.Press("S") // files
		d.Press("end", "space", "S")
		want := []host.SetTool{
			{Server: "files", Tool: "read"},
			{Server: "files"},
			{Server: "slack", Tool: "read\x1b[31m", On: true},
			{Server: "slack", On: true},
		}
		got := uitest.Only[host.SetTool](e)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		d.Press("esc")
		d.ExpectNot("find_tools stands in")
		lists := uitest.Only[host.ListTools](e)
		if len(lists) != 2 || !lists[0].On || lists[1].On {
			t.Errorf("the feed was turned %v", lists)
		}
	})
}

func TestToolsAreFiltered(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Type("/tools zone 03")
		d.Press("enter")
		e.Play(manyTools())
		d.ExpectRow("zone 03", "1 of 25 tools")
		d.ExpectNot("zone_04")
		d.Press("/", "backspace")
		d.Paste("1")
		d.Expect("zone_01")
		d.Press("enter", "esc") // the whole list again, and still here
		d.Expect("delete_repo")
		d.Press("/", "x", "y", "z", "z", "y")
		d.Expect("no tool has these words")
		if strings.Contains(d.Styled(), "\x1b[31mread") {
			t.Error("a name reached the terminal as it came")
		}
	})
}

func TestEnterLooksIntoTheServer(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(append(builtins(host.ServerReady), server("files", host.ServerReady))...)
		d.Type("/tools")
		d.Press("enter")
		e.Play(manyTools())
		d.Expect("delete_repo")
		d.Press("enter")
		d.Expect("files")
		if got := uitest.Only[host.Inspect](e); len(got) == 0 || got[0].Server != "files" {
			t.Errorf("looked into %v", got)
		}
	})
}
