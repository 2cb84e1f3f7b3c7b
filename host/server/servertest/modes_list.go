package servertest

// listModes list their tools in ways that no model could use.
func listModes() []Mode {
	return []Mode{
		{
			Name: "cursor in a circle", Does: "gives the same cursor again and again",
			Flags: []string{"-pages=2", "-cursor=same", "-tools=a"}, Acts: []Act{echo},
			Says: []string{answersEcho, `^ready: its list of tools goes in circles \(cursor "again" came twice\)$`, `^tools 2 `},
		},
		{
			Name: "pages without end", Does: "gives a new cursor with every page",
			Flags: []string{"-pages=2", "-cursor=endless", "-tools=a"}, Acts: []Act{echo},
			Says: []string{answersEcho, `^ready: its list of tools has more than 64 pages; the rest is left out$`, `^tools 2 `},
		},
		{
			Name: "empty cursor", Does: "counts its first cursor as \"\"",
			Flags: []string{"-pages=2", "-cursor=empty", "-tools=a"}, Acts: []Act{echo}, Says: []string{answersEcho, `^tools 2 a echo$`},
		},
		{
			Name: "second page fails", Does: "refuses one page of its list",
			Flags: []string{"-pages=2", "-failpage=2", "-tools=a"},
			Says:  []string{`^ready: page 2 of its tools failed: error -32050: the index is rebuilding$`, `^tools 1 a$`},
		},
		{
			Name: "no page at all", Does: "refuses to list anything",
			Flags: []string{"-failpage=1"}, Times: once,
			Says: []string{`^backoff: .*listing its tools: error -32050: the index is rebuilding`},
		},
		{
			Name: "bad tools", Does: "lists tools without names, with the same name, and that are none",
			Flags: []string{`-raw=[{"name":"odd","inputSchema":{"type":["object","null"],"required":true}},{"name":"true","inputSchema":true},{"name":""},{},17,null,{"name":"odd"},{"name":"a/b c"}]`},
			Acts:  []Act{echo, {"odd", `{}`}},
			Says: []string{
				answersEcho, `^answer \{\}$`, `^tools 4 odd true a/b c echo$`,
				`^ready: 4 tools were left out because they have no usable name; 1 tool was left out because it repeats a name$`,
			},
		},
		{
			Name: "rug pull", Does: "changes what a tool is said to do while it runs",
			Acts: []Act{{"rugpull", `{}`}}, Says: []string{`^delta 1 changed$`},
		},
		{
			Name: "list grows old", Does: "says that its tools changed and then refuses to list them",
			Flags: []string{"-failwhen=new"}, Acts: []Act{{"add", `{"name":"new"}`}, echo},
			Says: []string{answersEcho, `^ready: the tool list is .* old, its refresh failed: .*the index is rebuilding`, `^tools 1 echo$`},
		},
		{
			Name: "declares nothing", Does: "has tools and declares none",
			Flags: []string{"-nocaps"}, Acts: []Act{echo}, Says: []string{answersEcho, `^tools 1 echo$`},
		},
		{
			Name: "offers nothing", Does: "declares resources and prompts and knows none of their methods",
			Flags: []string{"-offers=1", "-nooffers"}, Acts: []Act{echo}, Says: []string{answersEcho, isReady},
		},
	}
}
