package process

import (
	"sync"
	"time"

	"github.com/shirou/gopsutil/v4/process"
)

const (
	meterPause = time.Second // between two samples, at least
	maxMembers = 256         // processes of one group that are counted
)

// Usage is what the processes of a group take; zero where the system does not
// tell.
type Usage struct {
	At        time.Time
	Processes int
	RSS       int64         // bytes; memory that processes share counts for each
	CPU       time.Duration // used since their start by those that still run
	Share     float64       // of one core, since the sample before
}

// A Meter samples the usage of process groups, at most once a second. The zero
// value is ready to use.
type Meter struct {
	mu   sync.Mutex
	pgid int
	last Usage
}

// Read samples a group, or gives the last sample if that is less than a second
// old. It reads /proc or its like, which takes a few milliseconds where thousands
// of processes run.
func (m *Meter) Read(pgid int) Usage {
	if pgid <= 0 {
		return Usage{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if m.pgid == pgid && now.Sub(m.last.At) < meterPause {
		return m.last
	}
	next := sample(pgid)
	next.At = now
	if m.pgid == pgid && next.CPU > m.last.CPU {
		next.Share = float64(next.CPU-m.last.CPU) / float64(now.Sub(m.last.At))
	}
	m.pgid, m.last = pgid, next
	return next
}

// sample adds up the processes of a group. One that ends meanwhile is left out.
func sample(pgid int) (u Usage) {
	pids, err := process.Pids()
	if err != nil {
		return u
	}
	for _, pid := range pids {
		if u.Processes == maxMembers {
			break
		}
		if !inGroup(int(pid), pgid) {
			continue
		}
		p := process.Process{Pid: pid}
		memory, err := p.MemoryInfo()
		if err != nil {
			continue
		}
		u.Processes++
		u.RSS += int64(memory.RSS)
		if times, err := p.Times(); err == nil {
			u.CPU += time.Duration((times.User + times.System) * float64(time.Second))
		}
	}
	return u
}
