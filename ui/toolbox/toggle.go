package toolbox

import (
	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/sheet"
)

// toggle turns one tool off, or on again.
func (b *Toolbox) toggle(id catalog.ID) sheet.Action {
	on := b.tools[id].Off
	return sheet.Action{
		Op:   host.SetTool{Server: id.Server, Tool: id.Tool, On: on},
		Note: clean.Line(id.String()) + turned(on),
	}
}

// toggleServer turns all tools of a server off, or on again.
func (b *Toolbox) toggleServer(server string) sheet.Action {
	on := b.server(server).Off
	return sheet.Action{
		Op:   host.SetTool{Server: server, On: on},
		Note: "the tools of " + clean.Line(server) + turned(on),
	}
}

func turned(on bool) string {
	if on {
		return ": on"
	}
	return ": off for this session"
}

// server is what a server brings.
func (b *Toolbox) server(name string) host.ServerCounts {
	for _, s := range b.told.Servers {
		if s.Server == name {
			return s
		}
	}
	return host.ServerCounts{Server: name}
}
