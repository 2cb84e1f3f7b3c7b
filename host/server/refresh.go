package server

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/server/process"
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
		ctx, cancel := context.WithTimeout(ctx, l.s.startTimeout())
		defer cancel()
		r = session.listTools(ctx)
	})
}

// finishRefresh takes the new list; a failed refresh keeps the old one and says
// so.
func (l *life) finishRefresh(r listing) {
	l.listing = false
	if r.err != nil {
		age := process.Seconds(time.Since(l.s.Status().Listed))
		l.remark(clean.Foreign(fmt.Sprintf("the tool list is %s old, its refresh failed: %v", age, r.err)))
		return
	}
	l.s.setTools(r.tools)
	l.remark(r.notice)
}

// delta says how a list differs from the one before, which was listed at a time:
// "+2 −1 tools, 1 changed". It is "" for the first list and for the same again.
func delta(before, after []catalog.Tool, listed time.Time) string {
	if listed.IsZero() {
		return ""
	}
	old := map[string]catalog.Tool{}
	for _, t := range before {
		old[t.ID.Tool] = t
	}
	added, changed := 0, 0
	for _, t := range after {
		was, known := old[t.ID.Tool]
		delete(old, t.ID.Tool)
		switch {
		case !known:
			added++
		case !sameTool(was, t):
			changed++
		}
	}
	return deltaWords(added, len(old), changed)
}

func deltaWords(added, removed, changed int) string {
	var parts []string
	if added > 0 {
		parts = append(parts, fmt.Sprintf("+%d", added))
	}
	if removed > 0 {
		parts = append(parts, fmt.Sprintf("−%d", removed))
	}
	said := strings.Join(parts, " ")
	switch {
	case said == "" && changed == 0:
		return ""
	case said == "":
		return fmt.Sprintf("%d changed", changed)
	case changed == 0:
		return said + " tools"
	}
	return fmt.Sprintf("%s tools, %d changed", said, changed)
}

func sameTools(a, b []catalog.Tool) bool {
	return slices.EqualFunc(a, b, sameTool)
}

func sameTool(x, y catalog.Tool) bool {
	return x.ID == y.ID && x.Title == y.Title && x.Description == y.Description &&
		x.Hints == y.Hints && string(x.Schema) == string(y.Schema)
}
