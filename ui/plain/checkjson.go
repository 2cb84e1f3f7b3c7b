package plain

import (
	"io"
	"time"

	"switchboard/host/check"
	foreign "switchboard/host/clean"
)

// CheckedJSON prints what a check came to, one object a server and line. What is
// written here is a contract with programs that read it.
func CheckedJSON(out io.Writer, r check.Result) {
	l := newLines(out)
	for _, s := range r.Servers {
		_ = l.out.Encode(object{ // a reader that is gone changes nothing
			"type": "check", "server": s.Server, "ready": s.Ready, "state": s.State, "reason": s.Reason,
			"protocol": s.Protocol, "ms": milliseconds(s.Took), "stages": stages(s), "tools": toolObjects(s), "tokens": s.Tokens(),
			"resources": s.Resources, "templates": s.Templates, "prompts": s.Prompts,
			"problems": problemObjects(s.Problems), "collisions": collisionObjects(s.Server, r.Collisions), "stderr": s.Stderr,
		})
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func stages(s check.Report) []object {
	all := []object{}
	for _, stage := range s.Stages {
		all = append(all, object{"name": stage.Name, "ms": milliseconds(stage.Took), "ok": stage.OK, "note": stage.Note})
	}
	return all
}

func toolObjects(s check.Report) []object {
	all := []object{}
	for _, tool := range s.Tools {
		all = append(all, object{"name": foreign.Foreign(tool.Name), "tokens": tool.Tokens, "problems": problemObjects(tool.Problems)})
	}
	return all
}

func problemObjects(problems []check.Problem) []object {
	all := []object{}
	for _, p := range problems {
		all = append(all, object{"level": p.Level, "text": p.Text})
	}
	return all
}

// collisionObjects are the collisions that a server has part in.
func collisionObjects(server string, collisions []check.Collision) []object {
	all := []object{}
	for _, c := range collisions {
		for _, s := range c.Servers {
			if s == server {
				all = append(all, object{"tool": foreign.Foreign(c.Tool), "servers": c.Servers})
			}
		}
	}
	return all
}
