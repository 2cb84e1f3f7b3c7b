package process

import (
	"fmt"
	"os"
	"time"
)

// pipes are the three standard streams. They are ours and not exec.Cmd's, whose
// Wait would wait for grandchildren that hold them open, or close them unread.
type pipes struct {
	child                 [3]*os.File
	stdin, stdout, stderr *os.File // our ends
}

func openPipes() (p pipes, err error) {
	if p.child[0], p.stdin, err = os.Pipe(); err == nil {
		if p.stdout, p.child[1], err = os.Pipe(); err == nil {
			p.stderr, p.child[2], err = os.Pipe()
		}
	}
	if err != nil {
		p.closeChild()
		p.closeOurs()
		return pipes{}, fmt.Errorf("opening pipes: %w", err)
	}
	return p, nil
}

// Close on a nil *os.File does nothing but return an error.

func (p pipes) closeChild() {
	for _, f := range p.child {
		_ = f.Close()
	}
}

func (p pipes) closeOurs() {
	_ = p.stdin.Close()
	_ = p.stdout.Close()
	_ = p.stderr.Close()
}

// wakeReaders makes reads that wait for a process which has exited give up soon.
func (p pipes) wakeReaders() {
	_ = p.stdout.SetReadDeadline(time.Now().Add(drainSilence))
	_ = p.stderr.SetReadDeadline(time.Now().Add(drainSilence))
}

// drain reads a pipe to its end, and once the process has exited only for as
// long as something comes.
type drain struct {
	file   *os.File
	exited <-chan struct{}
}

func (d *drain) Read(b []byte) (int, error) {
	select {
	case <-d.exited:
		_ = d.file.SetReadDeadline(time.Now().Add(drainSilence))
	default:
	}
	return d.file.Read(b)
}
