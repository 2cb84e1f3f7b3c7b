//go:build unix

package process_test

import (
	"testing"
	"time"

	"switchboard/host/server/process"
)

// The usage is of the whole group, and taken at most once a second.
func TestMeter(t *testing.T) {
	t.Parallel()
	p, _ := start(t, "sleep 60 & sleep 60 & while :; do :; done")
	var m process.Meter
	var u process.Usage
	for end := time.Now().Add(10 * time.Second); u.Processes != 3 || u.Share == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the usage is %+v", u)
		}
		last := u
		u = m.Read(p.PID)
		if gap := u.At.Sub(last.At); !last.At.IsZero() && gap != 0 && gap < time.Second {
			t.Fatalf("sampled again after %v", gap)
		}
	}
	if u.RSS < 100<<10 || u.CPU <= 0 || u.Share > 2 {
		t.Errorf("the usage is %+v", u)
	}
	if again := m.Read(p.PID); again != u {
		t.Errorf("a second look gives %+v, not %+v", again, u)
	}
	if none := m.Read(0); none != (process.Usage{}) {
		t.Errorf("no process takes %+v", none)
	}
}

// A group that is gone takes nothing, and another one starts afresh.
func TestMeterOfTheGone(t *testing.T) {
	t.Parallel()
	p, _ := start(t, "exit 0")
	<-p.Done()
	var m process.Meter
	if u := m.Read(p.PID); u.Processes != 0 || u.RSS != 0 {
		t.Errorf("the usage is %+v", u)
	}
	q, _ := start(t, "exec sleep 60")
	if u := m.Read(q.PID); u.Processes != 1 || u.Share != 0 {
		t.Errorf("the usage of another is %+v", u)
	}
}
