package servertest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"go.uber.org/goleak"

	"switchboard/host/server"
)

const (
	goodServers = 5
	goodEvery   = 100 * time.Millisecond // ten calls a second each
	// patience is how long anything may take that is expected to happen.
	patience = 30 * time.Second
)

// A Trial is a host in a process of its own: five good servers that are called ten
// times a second, first alone and then next to servers that misbehave.
type Trial struct {
	Modes []string
	URLs  map[string]string // of the modes behind one
	PIDs  string            // the file for process ids
	Alone time.Duration     // before anything misbehaves
	Least time.Duration     // next to what misbehaves; longer if that takes longer
}

// A Verdict is what a trial came to.
type Verdict struct {
	Alone, Beside Figures
	Modes         map[string]Finding
	Peak          int    // the largest resident memory in KiB; 0 where it cannot be told
	Left          string // goroutines that are left; empty for none
}

// A Finding is what a trial says of one mode.
type Finding struct {
	Unsaid []string // of what must be said
	Lines  []string // what was said instead
	Ending server.Ending
}

// hold runs the trial.
func (tr Trial) hold() Verdict {
	before := goleak.IgnoreCurrent()
	v := Verdict{Modes: map[string]Finding{}}
	ctx, cancel := context.WithCancel(context.Background())
	var good, bad sync.WaitGroup
	defer func() {
		cancel()
		good.Wait()
	}()

	var traffic Traffic
	driven := tr.drive(ctx, &good, &traffic)
	<-driven
	time.Sleep(tr.Alone)
	v.Alone = traffic.Figures()
	least := time.After(tr.Least)
	found := make(chan finding, len(tr.Modes))
	for _, name := range tr.Modes {
		bad.Go(func() { found <- tr.try(name) })
	}
	bad.Wait()
	<-least
	v.Beside = traffic.Figures()
	for range tr.Modes {
		f := <-found
		v.Modes[f.mode] = f.Finding
	}
	cancel()
	good.Wait()
	if err := goleak.Find(before); err != nil {
		v.Left = err.Error()
	}
	v.Peak = peak()
	return v
}

type finding struct {
	mode string
	Finding
}

// drive starts the good servers and calls them until ctx ends. The channel is
// closed when all are ready.
func (tr Trial) drive(ctx context.Context, all *sync.WaitGroup, traffic *Traffic) <-chan struct{} {
	ready := make(chan struct{})
	var starting sync.WaitGroup
	for i := range goodServers {
		up := make(chan struct{})
		once := sync.OnceFunc(func() { close(up) })
		s := server.New(Config("good", "-pids="+tr.PIDs), server.Options{StartTimeout: patience, Notify: func(st server.Status) {
			if st.State == server.Ready {
				once()
			}
		}})
		all.Go(func() { s.Run(ctx) })
		starting.Go(func() { <-up })
		all.Go(func() {
			<-ready
			traffic.Drive(ctx, s, goodEvery*time.Duration(i)/goodServers, goodEvery)
		})
	}
	all.Go(func() {
		starting.Wait()
		close(ready)
	})
	return ready
}

// try runs one server that misbehaves until everything is said of it that must be,
// or for as long as patience lasts, and ends it.
func (tr Trial) try(name string) finding {
	mode, _ := ModeNamed(name)
	var evidence Evidence
	opt := mode.Times
	news := make(chan struct{}, 1)
	opt.Notify = func(st server.Status) {
		evidence.Hear(st)
		select {
		case news <- struct{}{}:
		default:
		}
	}
	opt.Grace = 200 * time.Millisecond
	opt.StartTimeout = cmp.Or(opt.StartTimeout, patience)
	s := server.New(mode.Config(tr.URLs[name], tr.PIDs), opt)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	run, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { s.Run(run) })

	for _, act := range mode.Acts {
		await(ctx, news, func() bool { return s.Status().State.Callable() })
		evidence.Answered(s.Call(context.Background(), act.Tool, json.RawMessage(act.Args), nil))
	}
	f := finding{mode: name}
	await(ctx, news, func() bool {
		f.Unsaid, f.Lines = evidence.Unsaid(s, mode.Says)
		return len(f.Unsaid) == 0
	})
	stop()
	running.Wait()
	f.Ending = s.Ending()
	return f
}

// await looks whenever there is news, and now and then, until something holds or
// ctx ends.
func await(ctx context.Context, news <-chan struct{}, holds func() bool) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			return
		case <-news:
		case <-tick.C:
		}
	}
}

// Run holds the trial in a process of its own, so that its memory can be told, and
// waits for the verdict.
func (tr Trial) Run(ctx context.Context) (v Verdict, err error) {
	order, err := json.Marshal(tr)
	if err != nil {
		return v, fmt.Errorf("ordering a trial: %w", err)
	}
	out, err := exec.CommandContext(ctx, self(), trialArg, string(order)).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return v, fmt.Errorf("the host died: %w: %.4000s", err, failed.Stderr)
	}
	if err == nil {
		err = json.Unmarshal(out, &v)
	}
	return v, err
}

// trialMain is the process that holds a trial.
func trialMain(order string) int {
	var tr Trial
	if err := json.Unmarshal([]byte(order), &tr); err != nil {
		return 2
	}
	if json.NewEncoder(os.Stdout).Encode(tr.hold()) != nil {
		return 2
	}
	return 0
}
