package server

import (
	"context"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// scheduleRefresh answers "the list changed". Servers say so in bursts, so it
// waits a moment, and the time between two refreshes has a lower bound.
func (l *life) scheduleRefresh() {
	l.refresh.set(max(changeDebounce, refreshInterval-time.Since(l.lastList)))
}

func (l *life) startRefresh(ctx context.Context) {
	if l.session == nil || l.listing {
		l.scheduleRefresh() // the list under way may be older than the change
		return
	}
	l.listing = true
	l.lastList = time.Now()
	session := l.session
	l.tasks.Go("listing the tools of "+l.s.cfg.Name, func() {
		r := listing{err: errInternal}
		defer func() { l.refreshed <- r }()
		ctx, cancel := context.WithTimeout(ctx, l.s.opt.startTimeout(l.s.cfg))
		defer cancel()
		r = session.listTools(ctx)
	})
}

// finishRefresh takes the new list; a failed refresh keeps the old one and says
// so.
func (l *life) finishRefresh(r listing) {
	l.listing = false
	if r.err != nil {
		if l.state.Callable() {
			l.enter(l.state, clean.Foreign("the tool list is old, its refresh failed: "+r.err.Error()))
		}
		return
	}
	l.s.setTools(r.tools)
	l.notice = r.notice
	if l.state == Ready {
		l.enter(Ready, l.notice)
		return
	}
	l.s.notify()
}

func sameTools(a, b []catalog.Tool) bool {
	return slices.EqualFunc(a, b, func(x, y catalog.Tool) bool {
		return x.ID == y.ID && x.Title == y.Title && x.Description == y.Description &&
			x.Hints == y.Hints && string(x.Schema) == string(y.Schema)
	})
}
