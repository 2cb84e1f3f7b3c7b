package host

import (
	"context"
	"errors"
	"time"

	"switchboard/host/catalog"
)

// refusedError is the person's no to a question of route.
type refusedError struct{ reason string }

func (e *refusedError) Error() string { return "the user chose no server for this call" }

// route finds the one tool that takes the call, as the model was promised it by the
// step's catalogue. While a choice between servers is open it waits for the person;
// only calls of that name do.
func (c *call) route(ctx context.Context) error {
	began := time.Now()
	defer func() { c.wait += time.Since(began) }()
	for {
		b := c.h.wall.look()
		r, err := catalog.Follow(c.step.catalog, b.catalog, c.asked.Name)
		switch {
		case err != nil:
			return err
		case r.Parameter != "":
			c.tool, c.asked.Arguments, err = r.Pick(c.asked.Arguments)
			return err
		case len(r.Tools) == 1:
			c.tool = r.Tools[0]
			return nil
		case !r.Open || c.h.opt.Unattended:
			return c.choose(ctx, b, r)
		}
		select {
		case <-b.changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// choose asks which server takes this one call.
func (c *call) choose(ctx context.Context, b *board, r catalog.Resolution) error {
	a, err := c.h.desk.Ask(ctx, Collision{
		Name: r.Name, Candidates: candidates(b, r.Tools), Call: c.id, Arguments: c.asked.Arguments,
	})
	if err != nil {
		return err
	}
	switch a := a.(type) {
	case Choose:
		for _, t := range r.Tools {
			if t.ID.Server == a.Server {
				c.tool = t
				return nil
			}
		}
	case Deny:
		return &refusedError{a.Reason}
	}
	return errors.New("no server was chosen for this call")
}

// candidates describes the tools that share a name as the person chooses among
// them.
func candidates(b *board, tools []catalog.Tool) []Candidate {
	all := make([]Candidate, len(tools))
	for i, t := range tools {
		s := b.status(t.ID.Server)
		all[i] = Candidate{Tool: t, Prefixed: b.catalog.Prefixed(t.ID), State: s.State, Latency: s.Latency}
	}
	return all
}
