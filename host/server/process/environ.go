package process

import (
	"maps"
	"os"
	"slices"
	"strings"
)

// MarkerName is the variable by which the guard finds our processes that are
// in no registered group; see [Guard].
const MarkerName = "SWITCHBOARD_SESSION"

// passedOn are the variables that every child gets of ours; a * stands for any end
// of a name. The README lists them.
var passedOn = []string{
	"HOME", "LOGNAME", "PATH", "SHELL", "USER", "LANG", "LC_*", "TERM", "TMPDIR", "TZ",
	"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
}

// Environ is a child's whole environment: of base (nil for our own) the variables
// below, then the marker unless empty, then exactly what the entry names, which
// wins. Nothing else of ours gets through, so that no server sees a secret that
// was not meant for it.
//
// Passed on are HOME LOGNAME PATH SHELL USER LANG LC_* TERM TMPDIR TZ and the
// folders XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME; on Windows
// also what programs cannot start without.
func Environ(base, entry []string, marker string) []string {
	if base == nil {
		base = os.Environ()
	}
	env := map[string]string{}
	for _, nv := range base {
		if name, value, ok := strings.Cut(nv, "="); ok && inherited(name) {
			env[name] = value
		}
	}
	if marker != "" {
		env[MarkerName] = marker
	}
	for _, nv := range entry {
		if name, value, ok := strings.Cut(nv, "="); ok {
			env[name] = value
		}
	}
	list := make([]string, 0, len(env))
	for _, name := range slices.Sorted(maps.Keys(env)) {
		list = append(list, name+"="+env[name])
	}
	return list
}

func inherited(name string) bool {
	return platformInherited(name) || slices.ContainsFunc(passedOn, func(one string) bool {
		start, open := strings.CutSuffix(one, "*")
		return name == one || open && strings.HasPrefix(name, start)
	})
}

// variable finds a name in an environment.
func variable(env []string, name string) string {
	for _, nv := range env {
		if n, value, ok := strings.Cut(nv, "="); ok && n == name {
			return value
		}
	}
	return ""
}
