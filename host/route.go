package host

import (
	"context"
	"errors"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/task"
)

// refusedError is the person's no to a question of route.
type refusedError struct{ reason string }

func (e *refusedError) Error() string { return "the user chose no server for this call" }

// errSettled ends a question about a call that is none any more.
var errSettled = errors.New("the question was settled otherwise")

// route finds the one tool that takes the call, as the model was promised it by the
// step's catalogue. While a choice between servers is open it waits for the person;
// only calls of that name do.
func (c *call) route(ctx context.Context) error {
	began := time.Now()
	defer func() { c.wait += time.Since(began) }()
	for {
		b := c.h.wall.look()
		r, err := catalog.Follow(c.step.catalog, b.catalog, c.asked.Name)
		if err != nil {
			return err
		}
		switch {
		case r.Parameter != "":
			c.tool, c.asked.Arguments, err = r.Pick(c.asked.Arguments)
		case len(r.Tools) == 1:
			c.tool = r.Tools[0]
		default:
			err = c.choose(ctx, b, r)
		}
		if !errors.Is(err, errSettled) {
			return err
		}
	}
}

// choose asks which server takes this call. An answer that settles the name goes to
// the loop, and the call follows what comes of it. The error is errSettled when the
// name leads elsewhere meanwhile.
func (c *call) choose(ctx context.Context, b *board, r catalog.Resolution) error {
	c.h.mail.put(callWaits{r.Raw, 1})
	defer c.h.mail.put(callWaits{r.Raw, -1})
	q := c.h.callCollision(b, r, c.id)
	q.Arguments = c.asked.Arguments
	a, err := c.askWhile(ctx, q, b, r)
	if err != nil {
		return err
	}
	switch a := a.(type) {
	case Deny:
		return &refusedError{a.Reason}
	case Choose:
		if a.Scope != Once {
			break
		}
		i := slices.IndexFunc(r.Tools, func(t catalog.Tool) bool { return t.ID.Server == a.Server })
		c.tool = r.Tools[i] // the desk takes no other
		return nil
	}
	over := make(chan struct{})
	c.h.mail.put(settled{q, b.contenders(r.Raw), a, over})
	select {
	case <-over:
		return errSettled
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// askWhile puts the question as long as the call's name leads where it led on b.
func (c *call) askWhile(ctx context.Context, q Collision, b *board, r catalog.Resolution) (Answer, error) {
	ctx, end := context.WithCancelCause(ctx)
	watch := task.Group{OnPanic: c.h.fault}
	defer watch.Wait()
	defer end(nil)
	watch.Go("watching the name of a call", func() { end(c.moved(ctx, b, r)) })
	return c.h.desk.Ask(ctx, q)
}

// moved waits until the call's name leads elsewhere than it did on b, and returns
// errSettled, or why ctx ended before.
func (c *call) moved(ctx context.Context, b *board, r catalog.Resolution) error {
	for {
		select {
		case <-b.changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		b = c.h.wall.look()
		now, err := catalog.Follow(c.step.catalog, b.catalog, c.asked.Name)
		if err != nil || !alike(now, r) {
			return errSettled
		}
	}
}

// alike tells whether two resolutions are the same question.
func alike(a, b catalog.Resolution) bool {
	return a.Open == b.Open && a.Parameter == b.Parameter && slices.EqualFunc(a.Tools, b.Tools, func(a, b catalog.Tool) bool {
		return a.ID == b.ID && a.Hash() == b.Hash()
	})
}
