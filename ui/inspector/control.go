package inspector

import (
	"slices"

	"switchboard/host"
	"switchboard/ui/servers"
)

// Control does what a key stands for to the server, as [Inspector.Press] would
// where no text is typed.
func (in *Inspector) Control(key string) Action {
	in.dirty = true
	a, _ := in.control(key)
	return a
}

// control takes the keys that do something to the server, whatever is in sight.
func (in *Inspector) control(key string) (Action, bool) {
	switch key {
	case "u":
		if in.data.Status.State != host.ServerUntrusted {
			return Action{Note: in.data.Status.Name + " is trusted already"}, true
		}
		in.AskTrust()
		return Action{}, true
	case "o":
		return in.openLog(), true
	case "e":
		return in.editEntry(), true
	}
	op, ok := servers.Control(key, in.data.Status)
	if !ok {
		return Action{}, false
	}
	return Action{Op: op, Note: servers.Done(op)}, true
}

func (in *Inspector) pressConsent(key string) Action {
	switch key {
	case "y":
		if !in.heard {
			return Action{Note: "what would run is not known yet: press y again"}
		}
		in.consent = false
		return Action{Note: in.elsewhere(), Op: host.ControlServer{Server: in.Server(), Action: host.Trust}}
	case "esc", "n", "q":
		in.consent = false
	case "up", "down", "pgup", "pgdown":
		return in.tabs[in.at].press(key, "")
	}
	return Action{}
}

// elsewhere tells where the answer is given for a server that a file of the working
// directory asks for: its question shows every word of the file, which is masked
// here.
func (in *Inspector) elsewhere() string {
	if !in.data.Launch.Proposed {
		return ""
	}
	return "its question shows every word of it: ctrl+t answers"
}

func (in *Inspector) openLog() Action {
	if in.data.LogFile == "" {
		return Action{Note: "this server has no log file"}
	}
	return Action{Open: File{Path: in.data.LogFile}}
}

func (in *Inspector) editEntry() Action {
	at := in.data.Launch.Source
	if at.File == "" {
		return Action{Note: "no configuration file names this server"}
	}
	return Action{Open: File{Path: at.File, Line: at.Line, Edit: true}}
}

// controls are the keys that act on the server or its files, the most useful
// first.
func (s *subject) controls() []Key {
	var keys []Key
	for _, k := range servers.Controls(s.data.Status) {
		keys = append(keys, Key{k.Key, k.Does})
	}
	var files []Key
	if s.data.Launch.Source.File != "" {
		files = append(files, Key{"e", "edit"})
	}
	if s.data.LogFile != "" {
		files = append(files, Key{"o", "log"})
	}
	return slices.Insert(keys, min(1, len(keys)), files...)
}
