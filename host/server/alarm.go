package server

import "time"

// An alarm is a timer that is set once until it rings: a steady stream of causes
// cannot put it off. The zero value never rings.
type alarm struct {
	timer *time.Timer
	on    bool
}

func newAlarm() alarm {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return alarm{timer: t}
}

func (a *alarm) ring() <-chan time.Time {
	if a.timer == nil {
		return nil
	}
	return a.timer.C
}

func (a *alarm) set(d time.Duration) {
	if !a.on && a.timer != nil {
		a.on = true
		a.timer.Reset(d)
	}
}

// hurry makes an alarm that is set ring at once.
func (a *alarm) hurry() {
	if a.on {
		a.timer.Reset(0)
	}
}

func (a *alarm) cancel() {
	a.on = false
	if a.timer != nil {
		a.timer.Stop()
	}
}
