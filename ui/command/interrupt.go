package command

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"

	"switchboard/host/task"
)

// An Interrupt ends a context at SIGINT, unless the terminal is lent to a program
// of the person's own: a ctrl+c there is for that program, but the terminal sends
// it to everybody in front of it.
type Interrupt struct {
	signals chan os.Signal
	lent    atomic.Int32
	tasks   task.Group
}

// Watch derives the context that SIGINT ends. The function that it gives stops the
// watch and waits for it.
func (i *Interrupt) Watch(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	i.signals = make(chan os.Signal, 1)
	signal.Notify(i.signals, os.Interrupt)
	i.tasks.Go("interrupts", func() { i.wait(ctx, cancel) })
	return ctx, func() {
		signal.Stop(i.signals)
		cancel()
		i.tasks.Wait()
	}
}

func (i *Interrupt) wait(ctx context.Context, cancel context.CancelFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-i.signals:
			if i.lent.Load() == 0 {
				cancel()
			}
		}
	}
}

// Lend lets interrupts pass until the terminal is given back. On a nil Interrupt
// it does nothing.
func (i *Interrupt) Lend() (back func()) {
	if i == nil {
		return func() {}
	}
	i.lent.Add(1)
	return func() { i.lent.Add(-1) }
}
