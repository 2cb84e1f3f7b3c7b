package inspector

import (
	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// A laidOut is what a message's page was drawn from, so that it is drawn once.
type laidOut struct {
	seq, w int
	raw    bool
	theme  string
	paired int // serial number of the other half; 0 for none
}

// pair is the request of a response, or the response to a request: the nearest
// with its id that went the other way.
func (v *wire) pair(r host.WireRecord) (host.WireRecord, bool) {
	want, step := host.WireResponse, 1
	switch r.Kind {
	case host.WireResponse:
		want, step = host.WireRequest, -1
	case host.WireNotification:
		return host.WireRecord{}, false
	}
	for seq := r.Seq + step; ; seq += step {
		other, there := v.record(seq)
		if !there {
			return other, false
		}
		if other.Kind == want && other.ID == r.ID && other.Sent != r.Sent {
			return other, true
		}
	}
}

// lay draws a message and the other half of it, unless that is done already.
func (v *wire) lay(r host.WireRecord, w int) {
	if d := v.laid; d.paired != 0 && d == (laidOut{r.Seq, w, v.raw, v.theme.Name, d.paired}) {
		return // both halves are there
	}
	other, paired := v.pair(r)
	want := laidOut{r.Seq, w, v.raw, v.theme.Name, other.Seq}
	if v.laid == want {
		return
	}
	v.laid = want
	s := &sheet{theme: v.theme, w: w}
	v.message(s, r)
	switch {
	case paired:
		s.gap()
		v.message(s, other)
	case r.Kind == host.WireRequest:
		s.gap()
		s.add(v.theme.Muted.Render("no answer so far"))
	}
	v.page.lines = s.lines
}

// message is one message in full.
func (v *wire) message(s *sheet, r host.WireRecord) {
	way := "from the server"
	if r.Sent {
		way = "from us"
	}
	head := direction(r) + " " + string(r.Kind) + " " + clean.Line(r.Method) + " " + number(r)
	told := way + ", " + r.At.Format("15:04:05.000") + ", " + amount.Bytes(r.Size)
	if r.Kind == host.WireResponse && r.Took > 0 {
		told += ", " + amount.Latency(r.Took) + " after the request"
	}
	s.add(cells.Cut(v.theme.Strong.Render(head), s.w), cells.Cut(v.theme.Muted.Render(told), s.w))
	body := pretty(r.Body)
	if v.raw {
		body = clean.Line(string(r.Body))
	}
	s.quoted(body)
	if cut := r.Size - len(r.Body); cut > 0 && len(r.Body) >= 64<<10 {
		s.add(v.theme.Warn.Render("… " + amount.Bytes(cut) + " more were not kept"))
	}
}
