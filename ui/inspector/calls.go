package inspector

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/list"
	"switchboard/ui/servers"
)

// calls is how the server answers: latencies, errors, and the last calls.
type calls struct {
	reader
	*subject
	list list.List[int] // by their number since the start of the program
	open bool
	page page
	room int // rows of the list as last drawn
}

func newCalls(s *subject) *calls { return &calls{subject: s} }

// refresh numbers the calls: the last of them is the newest of all.
func (c *calls) refresh() {
	first := max(0, c.data.Calls.Calls-len(c.data.Recent))
	keys := make([]int, len(c.data.Recent))
	for i := range keys {
		keys[i] = first + len(keys) - 1 - i // the newest on top
	}
	c.list.Set(keys)
}

// chosen is the call under the cursor.
func (c *calls) chosen() (host.CallRecord, bool) {
	key, ok := c.list.Key()
	i := key - max(0, c.data.Calls.Calls-len(c.data.Recent))
	if !ok || i < 0 || i >= len(c.data.Recent) {
		return host.CallRecord{}, false
	}
	return c.data.Recent[i], true
}

func (c *calls) press(key, text string) Action {
	switch {
	case c.open:
		if key == "enter" {
			c.open = false
		}
		c.page.press(key)
	case key == "enter" || key == "space":
		_, c.open = c.chosen()
		c.page.top = 0
	default:
		c.list.Press(key, c.room)
	}
	return Action{}
}

func (c *calls) back() bool {
	was := c.open
	c.open = false
	return was
}

func (c *calls) keys() []Key {
	switch {
	case c.open:
		return []Key{{"esc", "back"}}
	case len(c.data.Recent) > 0:
		return []Key{{"enter", "arguments and result"}}
	}
	return nil
}

func (c *calls) view(w, h int, now time.Time) []string {
	if r, ok := c.chosen(); c.open && ok {
		c.page.lines = c.record(r, w, now)
		return c.page.view(h)
	}
	s := &sheet{theme: c.theme, w: w}
	c.sums(s)
	for _, r := range c.data.Status.Running {
		s.add(c.theme.Busy.Render("▸ " + servers.Running(r, now, w-2)))
	}
	c.histogram(s, h)
	if len(c.data.Recent) == 0 {
		return s.lines
	}
	s.heading("last calls")
	c.room = max(1, h-len(s.lines))
	from, to := c.list.Window(c.room)
	for i := from; i < to; i++ {
		s.add(c.row(c.data.Recent[len(c.data.Recent)-1-i], i == c.list.Chosen, w, now))
	}
	return s.lines
}

// sums are the figures over all calls.
func (c *calls) sums(s *sheet) {
	st := c.data.Calls
	if st.Calls == 0 {
		s.add(s.theme.Muted.Render("no calls so far"))
		return
	}
	said := amount.Count(st.Calls, "call")
	share := fmt.Sprintf("%d failed (%.1f %%)", st.Failed, 100*float64(st.Failed)/float64(st.Calls))
	if st.Failed > 0 {
		share = s.theme.Bad.Render(share)
	}
	s.add(cells.Cut(said+", "+share, s.w))
	s.add(cells.Cut(fmt.Sprintf("p50 %s   p95 %s   p99 %s", amount.Latency(st.P50), amount.Latency(st.P95), amount.Latency(st.P99)), s.w))
}

// histogram draws how many calls took how long, if there is room for it.
func (c *calls) histogram(s *sheet, h int) {
	buckets := occupied(c.data.Calls.Buckets)
	if len(buckets) == 0 || h-len(s.lines) < len(buckets)+5 {
		return
	}
	most := 1
	for _, b := range buckets {
		most = max(most, b.Count)
	}
	s.gap()
	room := max(4, min(48, s.w-20))
	for i, b := range buckets {
		bar := strings.Repeat("█", b.Count*room/most)
		if bar == "" && b.Count > 0 {
			bar = "▏"
		}
		s.add(cells.Cut(s.theme.Muted.Render(cells.Fit(bound(buckets, i), 10))+s.theme.Good.Render(bar)+s.theme.Faint.Render(" "+amount.Group(b.Count)), s.w))
	}
}

// occupied leaves the empty buckets at both ends out.
func occupied(buckets []host.CallBucket) []host.CallBucket {
	for len(buckets) > 0 && buckets[0].Count == 0 {
		buckets = buckets[1:]
	}
	for len(buckets) > 0 && buckets[len(buckets)-1].Count == 0 {
		buckets = buckets[:len(buckets)-1]
	}
	return buckets
}

// bound names a bucket by the longest time in it.
func bound(buckets []host.CallBucket, i int) string {
	switch {
	case buckets[i].UpTo > 0:
		return "≤ " + amount.Latency(buckets[i].UpTo)
	case i > 0:
		return "> " + amount.Latency(buckets[i-1].UpTo)
	}
	return "longer"
}

// row is one call: how it ended, the tool, how long it took, how long ago.
func (c *calls) row(r host.CallRecord, chosen bool, w int, now time.Time) string {
	sign, style := "✓", c.theme.Good
	if r.Failed {
		sign, style = "✗", c.theme.Bad
	}
	column := max(8, min(28, w-38))
	rest := fmt.Sprintf("%8s  %-9s  ", amount.Latency(r.Took), amount.Bytes(r.Bytes)) + amount.Age(now.Sub(r.At)) + " ago"
	name := cells.Fit(clean.Line(r.Tool), column)
	if chosen {
		return c.theme.Selected.Render(cells.Fit(sign+" "+name+" "+rest, w))
	}
	return cells.Cut(style.Render(sign)+" "+name+" "+c.theme.Muted.Render(rest), w)
}

// record is one call, unfolded.
func (c *calls) record(r host.CallRecord, w int, now time.Time) []string {
	s := &sheet{theme: c.theme, w: w}
	ended := c.theme.Good.Render("✓ ok")
	if r.Failed {
		ended = c.theme.Bad.Render("✗ failed")
	}
	s.add(cells.Cut(ended+"  "+c.theme.Strong.Render(clean.Line(r.Tool))+c.theme.Muted.Render("  "+amount.Latency(r.Took)+", "+amount.Age(now.Sub(r.At))+" ago"), w))
	s.heading("arguments")
	s.quoted(pretty(r.Arguments))
	s.heading("result, " + amount.Bytes(r.Bytes))
	s.quoted(r.Text.Block())
	return s.lines
}
