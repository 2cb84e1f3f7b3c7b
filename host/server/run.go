package server

import (
	"context"
	"errors"
	"time"

	"switchboard/host/clean"
	"switchboard/host/task"
)

// An owner is the one goroutine that decides over a server. Everything that
// happens reaches it as an input of the machine, and it does what the machine
// then wants.
type owner struct {
	s     *Server
	ctx   context.Context
	tasks task.Group
	m     machine
	life  *life // an empty one when there is none

	retry    alarm // the next start
	soon     alarm // set while news waits to be told
	lastTold time.Time
	vouched  int // of Server.vouched, how many the machine knows
}

// A Dismissal is the cause with which the context of [Server.Run] ends when it is
// this one server that has to go, not the program. Calls under way are told Why.
type Dismissal struct{ Why string }

func (d Dismissal) Error() string { return d.Why }

// dismissed is why this one server has to go; empty when the program ends.
func dismissed(ctx context.Context) clean.Text {
	var d Dismissal
	if errors.As(context.Cause(ctx), &d) {
		return clean.Foreign(d.Why)
	}
	return clean.Text{}
}

// Run is the owner's work: it starts the server, follows it and obeys orders. It
// returns when ctx has ended and nothing of the server is left. The cause of the
// end may be a [Dismissal].
func (s *Server) Run(ctx context.Context) {
	o := &owner{
		s: s, ctx: ctx, tasks: task.Group{OnPanic: s.opt.OnPanic},
		m: machine{rules: s.opt.lifeRules(s.cfg)}, life: &life{},
		retry: newAlarm(), soon: newAlarm(),
	}
	o.step(input{kind: began})
	for done := ctx.Done(); done != nil || o.m.up; {
		if o.next(done) {
			done = nil
		}
	}
	o.retry.cancel()
	o.soon.cancel()
	o.tasks.Wait()
}

// next takes in one thing that happened and tells whether that was the end of
// the context.
func (o *owner) next(done <-chan struct{}) (closed bool) {
	l := o.life.heard()
	select {
	case <-done:
		o.step(input{kind: closing, text: dismissed(o.ctx)})
		return true
	case <-o.s.wake:
		o.obey()
	case <-o.s.changed:
		o.look()
	case <-o.s.busy:
		o.soon.set(max(0, tellPause-time.Since(o.lastTold)))
	case <-o.s.printed:
		o.soon.set(logQuiet)
	case <-o.soon.ring():
		o.soon.on = false
		o.tell()
	case <-o.retry.ring():
		o.retry.on = false
		o.step(input{kind: due})
	case <-o.life.gone:
		o.bury()
	case c := <-l.connected:
		o.connect(c)
	case <-l.over():
		o.step(input{kind: fell, text: l.session.why})
	case err := <-l.trouble:
		o.step(input{kind: complained, cause: away, text: said(err)})
	case text := <-l.remarks:
		o.step(input{kind: remarked, text: text})
	case <-l.listChanged:
		l.scheduleRefresh()
	case <-l.refresh.ring():
		l.refresh.on = false
		l.startRefresh(l.ctx)
	case r := <-l.refreshed:
		l.finishRefresh(r)
	case <-o.s.doubted:
		l.probe.hurry()
	case <-l.probe.ring():
		o.probe(l)
	case e := <-l.probed:
		o.probed(l, e)
	}
	return false
}

func (o *owner) obey() {
	for _, order := range o.s.ordered() {
		o.step(input{kind: order})
	}
}

// step gives the machine an input, shows what it came to, and sees to its effect.
func (o *owner) step(in input) {
	in.at, in.roll = time.Now(), o.s.roll()
	var e effect
	o.m, e = o.m.step(in)
	if !o.m.state.Callable() {
		o.s.setSession(nil)
	}
	o.s.show(o.m, in.at)
	if o.m.state != Backoff {
		o.retry.cancel()
	}
	switch e {
	case startLife:
		o.start()
	case endLife:
		o.end()
	case armRetry:
		o.retry.set(max(0, o.m.retryAt.Sub(in.at)))
	case nothing:
	}
	o.s.notify()
}

// look takes note of what calls have found out.
func (o *owner) look() {
	vouched, suspended := o.s.verdicts()
	if vouched != o.vouched {
		o.vouched = vouched
		o.answer()
	}
	if suspended != o.m.complaints[failing] {
		o.step(input{kind: complained, cause: failing, text: suspended})
	}
	o.s.notify()
}

// answer tells the machine of a sign of life. One from a server that was silent
// is reason enough to let calls through again.
func (o *owner) answer() {
	if o.m.misses > 0 {
		o.s.relax()
	}
	o.step(input{kind: answered})
}

func (o *owner) tell() {
	o.lastTold = time.Now()
	o.s.touch(func(*Status) {})
	o.s.notify()
}

// start begins a life.
func (o *owner) start() {
	o.s.freshLogs()
	o.s.born()
	o.life = newLife(o.ctx, o.s)
	o.life.tasks.Go("starting "+o.s.cfg.Name, o.life.connect)
}

// end takes the present life down, beside the owner, who stays attentive. Calls
// in flight end with the reason.
func (o *owner) end() {
	l := o.life
	if l.ending {
		return
	}
	l.ending = true
	l.refresh.cancel()
	l.probe.cancel()
	l.cancel()
	if l.session != nil && !o.m.reason.Empty() {
		l.session.end(o.m.reason)
	}
	o.tasks.Go("ending "+o.s.cfg.Name, func() {
		defer close(l.gone)
		l.end()
	})
}

// bury follows the end of a life.
func (o *owner) bury() {
	o.life = &life{}
	o.s.touch(func(st *Status) { st.PID = 0 })
	o.step(input{kind: gone})
}

// connect follows a start that came to its end.
func (o *owner) connect(c connected) {
	l := o.life
	l.started = true
	if c.err != nil {
		o.step(input{kind: fell, fall: fallOf(c.err), text: said(c.err)})
		return
	}
	l.session = c.session
	o.s.proved()
	o.s.setTools(c.tools.tools)
	o.s.touch(func(st *Status) { st.Protocol = c.session.version })
	o.s.setSession(c.session)
	o.step(input{kind: linked, text: c.tools.notice})
	l.probe.set(jitter(o.s.opt.probeEvery(), o.s.roll()))
}

// said is an error as a reason; nil is none.
func said(err error) clean.Text {
	if err == nil {
		return clean.Text{}
	}
	return clean.Foreign(err.Error())
}
