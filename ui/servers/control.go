package servers

import (
	"switchboard/host"
	"switchboard/host/clean"
)

// A Key is a key and what it does to a server.
type Key struct{ Key, Does string }

// Control is what a key does to a server in its present state; false when it does
// nothing. Trust is not among them: it needs a second word of the person.
func Control(key string, s host.ServerStatus) (host.ControlServer, bool) {
	op := host.ControlServer{Server: s.Name}
	switch key {
	case "r":
		op.Action = host.Restart
	case "t":
		op.Action = host.RestartPatiently
	case "s":
		op.Action = host.Stop
	case "d", "D":
		op.Action, op.Keep = host.Disable, key == "D"
		if s.State == host.ServerDisabled {
			op.Action = host.Enable
		}
	default:
		return op, false
	}
	return op, s.Name != ""
}

// Controls are the keys that make sense for a server in its present state.
func Controls(s host.ServerStatus) []Key {
	off := []Key{{"d", "disable"}, {"D", "for good"}}
	switch s.State {
	case host.ServerUntrusted:
		return append([]Key{{"u", "trust"}}, off...)
	case host.ServerDisabled:
		return []Key{{"d", "enable"}, {"D", "for good"}}
	case host.ServerFailed, host.ServerNeedsYou, host.ServerStopping:
		return append([]Key{{"r", "restart"}, {"t", "with more time"}}, off...)
	case host.ServerBackoff:
		return append([]Key{{"r", "restart now"}, {"t", "with more time"}, {"s", "stop"}}, off...)
	}
	return append([]Key{{"r", "restart"}, {"s", "stop"}}, append(off, Key{"t", "restart patiently"})...)
}

// Done says what was asked of a server, for a note.
func Done(op host.ControlServer) string {
	name := clean.Line(op.Server)
	said := map[host.ServerAction]string{
		host.Restart:          "restarting " + name,
		host.RestartPatiently: "restarting " + name + " with twice the time",
		host.Stop:             "stopping " + name + ": r starts it again",
		host.Disable:          "disabling " + name + " for this session: D would keep it",
		host.Enable:           "enabling " + name,
	}[op.Action]
	if op.Keep && op.Action == host.Disable {
		said = "disabling " + name + " in the configuration as well"
	}
	if op.Keep && op.Action == host.Enable {
		said += " in the configuration as well"
	}
	return said
}
