package command

import (
	"context"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func TestInterruptEndsTheProgramUnlessTheTerminalIsLent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		i := &Interrupt{signals: make(chan os.Signal, 1)}
		i.tasks.Go("interrupts", func() { i.wait(ctx, cancel) })
		back := i.Lend()
		i.signals <- os.Interrupt
		synctest.Wait()
		if ctx.Err() != nil {
			t.Fatal("an interrupt for another program ended this one")
		}
		back()
		time.Sleep(time.Second)
		i.signals <- os.Interrupt
		i.tasks.Wait()
		if ctx.Err() == nil {
			t.Error("the interrupt was not heard")
		}
	})
}

func TestWatchEndsWithItsStop(t *testing.T) {
	t.Parallel()
	var i Interrupt
	ctx, stop := i.Watch(context.Background())
	stop()
	if ctx.Err() == nil {
		t.Error("the context lives on")
	}
	(*Interrupt)(nil).Lend()()
}
