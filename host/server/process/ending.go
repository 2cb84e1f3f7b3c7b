package process

import "time"

// A Rung is a step of the ladder that ends a process.
type Rung string

// The rungs, the gentlest first.
const (
	ItsOwnEnd   Rung = "its own end"
	ClosedInput Rung = "closed standard input"
	Terminated  Rung = "SIGTERM"
	Killed      Rung = "SIGKILL"
)

// An Ending says what it took to end a process.
type Ending struct {
	// By is the last rung that was needed; [ItsOwnEnd] for a process that had ended
	// before it was asked to. Empty where there was no process.
	By   Rung
	Took time.Duration
	// Orphans tells that other processes of the group outlived the first one. They
	// were ended with it.
	Orphans bool
	// Alive tells that not even SIGKILL ended it in time.
	Alive bool
}

// Stop ends the process and its group: it closes standard input, then sends
// SIGTERM, then SIGKILL, waiting up to grace after each of the first two. It
// returns when they are gone, or a second after SIGKILL if even that is ignored
// (a process in uninterruptible sleep).
func (p *Process) Stop(grace time.Duration) Ending {
	began := time.Now()
	e := p.descend(grace)
	e.Took = time.Since(began)
	if !e.Alive {
		e.Orphans = p.orphans
	}
	p.Stdin.abort()
	_ = p.pipes.stdout.Close()
	return e
}

// descend goes down the ladder until the process is gone. What its group leaves
// behind may need more than it needed itself.
func (p *Process) descend(grace time.Duration) Ending {
	e := Ending{By: ClosedInput}
	if p.ended() {
		e.By = ItsOwnEnd
	}
	_ = p.Stdin.Close()
	if p.gone(grace) {
		return e
	}
	if !p.ended() {
		e.By = Terminated
	}
	terminateGroup(p.PID)
	if p.gone(grace) {
		return e
	}
	if !p.ended() {
		e.By = Killed
	}
	killGroup(p.PID)
	e.Alive = !p.gone(time.Second)
	return e
}

// ended tells whether the process itself is gone, whatever its group does.
func (p *Process) ended() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}
