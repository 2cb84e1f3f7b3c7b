package host

import (
	"context"
	"fmt"
	"time"

	"switchboard/host/clean"
	"switchboard/host/grants"
	"switchboard/host/task"
)

// A keeper writes what shall be remembered, beside the loop, for a disk may be
// slow: one thing after the other, in the order of the wishes. It belongs to the
// loop.
type keeper struct {
	h     *Host
	store *grants.Store
	tasks task.Group
	last  chan struct{} // closed when the last wish is done
}

func newKeeper(h *Host) *keeper {
	return &keeper{h: h, store: h.opt.Grants, tasks: task.Group{OnPanic: h.fault}}
}

// written tells the loop that the store holds something else now. Rule is the id
// of a session's rule that the store has taken over; "" for none.
type written struct{ rule string }

// do has a wish done. One that fails is told as holding for this session only.
func (k *keeper) do(ctx context.Context, what string, wish func(context.Context) error) {
	before, done := k.last, make(chan struct{})
	k.last = done
	k.tasks.Go(what, func() {
		defer close(done)
		if before != nil {
			<-before
		}
		// A wish of the last moment is still done.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), wishTime)
		defer cancel()
		if err := wish(ctx); err != nil {
			k.h.warn(fmt.Sprintf("%s failed, so it holds for this session only: %v", what, err))
		}
	})
}

// update changes the store and tells the loop.
func (k *keeper) update(ctx context.Context, what, rule string, change func(*grants.Data) error) {
	k.do(ctx, what, func(ctx context.Context) error {
		if err := k.store.Update(ctx, change); err != nil {
			return err
		}
		k.h.mail.put(written{rule})
		return nil
	})
}

// refresh looks whether another instance wrote something.
func (k *keeper) refresh(ctx context.Context) {
	k.do(ctx, "reading what is remembered", func(ctx context.Context) error {
		changed, err := k.store.Refresh(ctx)
		if changed {
			k.h.mail.put(written{})
		}
		return err
	})
}

// wishTime bounds one wish: another instance may hold the file's lock.
const wishTime = 5 * time.Second

// close waits for all wishes and writes what was only counted. The loop is over by
// then, so that its own context cannot bound it.
func (k *keeper) close(ctx context.Context) {
	k.tasks.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), wishTime)
	defer cancel()
	if err := k.store.Flush(ctx); err != nil {
		k.h.warn(fmt.Sprintf("the uses of your grants were not written down: %v", err))
	}
}

// warn tells the person of something that went wrong.
func (h *Host) warn(text string) {
	h.out.Put(Notice{Level: Warn, Text: clean.Foreign(text)})
}
