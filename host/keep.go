package host

import (
	"errors"

	"switchboard/host/clean"
)

// keep writes an action that shall outlast the session into the configuration,
// beside the loop: a disk may be slow. One write follows the other, so that the
// last wish is the one that stands.
func (l *loop) keep(op ControlServer) {
	if !op.Keep || op.Action != Disable && op.Action != Enable || l.h.fleet.member(op.Server) == nil {
		return
	}
	before, done := l.kept, make(chan struct{})
	l.kept = done
	l.h.tasks.Go("writing the configuration", func() {
		defer close(done)
		if before != nil {
			<-before
		}
		l.h.out.Put(l.h.write(op))
	})
}

// write is the work of keep; the notice tells what came of it.
func (h *Host) write(op ControlServer) Notice {
	err := errors.New("there is no configuration to write to")
	if h.opt.SetDisabled != nil {
		err = h.opt.SetDisabled(op.Server, op.Action == Disable)
	}
	if err != nil {
		return Notice{Level: Warn, Text: clean.Foreign("this holds for the session only: " + err.Error())}
	}
	state := "enabled"
	if op.Action == Disable {
		state = "disabled"
	}
	return Notice{Level: Info, Text: clean.Foreign(op.Server + " is " + state + " from now on; the configuration says so")}
}
