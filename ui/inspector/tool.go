package inspector

import (
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// describeTool tells all that is known of a tool; its schema as a tree, or raw.
func describeTool(s *sheet, info host.ToolInfo, raw bool) {
	t := info.Tool
	s.add(cells.Cut(s.theme.Strong.Render(clean.Line(t.ID.Tool))+"  "+s.theme.Muted.Render(t.Title.Line()), s.w))
	if !t.Description.Empty() {
		s.prose(t.Description.Block())
	}
	s.gap()
	s.fact("it says", annotations(t.Hints))
	s.fact("offered as", offered(info))
	if info.Tokens > 0 {
		s.fact("costs", "about "+amount.Count(info.Tokens, "token")+", "+amount.Bytes(info.Bytes)+", with every request")
	}
	if info.Calls > 0 {
		s.fact("called", amount.Count(info.Calls, "time")+" in this session")
	}
	name := "repaired"
	for _, r := range info.Repairs {
		s.fact(name, clean.Line(r))
		name = " "
	}
	if raw {
		s.heading("schema, as it came")
		s.quoted(pretty(t.Schema))
		return
	}
	s.heading("arguments")
	n, err := form.Read(t.Schema)
	if err != nil {
		s.prose(s.theme.Warn.Render("its schema cannot be read: " + err.Error()))
		return
	}
	s.tree(n)
}

// offered is the name that the model calls a tool by, and why.
func offered(info host.ToolInfo) string {
	switch {
	case info.Name == "" && info.Off:
		return "nothing: you took it away"
	case info.Name == "" && info.Why == "":
		return ""
	case info.Name == "":
		return "nothing: " + clean.Line(info.Why)
	case info.Why != "":
		return clean.Line(info.Name) + ": " + clean.Line(info.Why)
	}
	return clean.Line(info.Name)
}

// annotations are a server's own hints in words.
func annotations(h catalog.Hints) string {
	var said []string
	switch {
	case h.ReadOnly:
		said = append(said, "it only reads")
	case h.Destructive:
		said = append(said, "it may change or delete for good")
	default:
		said = append(said, "it adds and deletes nothing")
	}
	if h.Idempotent && !h.ReadOnly {
		said = append(said, "twice does no more than once")
	}
	if h.OpenWorld {
		said = append(said, "it reaches out to the world")
	} else {
		said = append(said, "it stays within its own realm")
	}
	return fmt.Sprint(strings.Join(said, ", "))
}
