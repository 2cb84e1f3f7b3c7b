package server

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mark3labs/mcp-go/client/transport"

	"switchboard/host/clean"
	"switchboard/host/config"
)

// A fake is an MCP server at the other end of two pipes in memory, so that its
// whole life can be played in virtual time.
type fake struct {
	mu     sync.Mutex
	modern bool
	frozen bool     // it reads and answers nothing until thawed
	held   []func() // what it will then answer
	dials  int
	refuse error         // the start fails with this
	slow   time.Duration // what the handshake takes
	heard  []string      // methods
	tool   func(reply func(result string), notify func(message string))
	die    func(why string)
	own    sync.WaitGroup // what is still at work in it
}

// dial stands in for the start of a process.
func (f *fake) dial(ctx context.Context, l *life) (*session, error) {
	f.mu.Lock()
	f.dials++
	refuse := f.refuse
	f.mu.Unlock()
	if refuse != nil {
		return nil, refuse
	}
	fromHost, toFake := io.Pipe()
	fromFake, filtered := io.Pipe()
	raw, toHost := io.Pipe()
	wire := stdioWire{transport.NewIO(fromFake, toFake, nil), l.checks()}
	session := newSession("fake", wire, l.info(), &l.tasks)
	session.late = l.s.late
	hangUp := sync.OnceFunc(func() {
		_ = toHost.Close()
		_ = fromHost.Close()
	})
	f.mu.Lock()
	f.frozen, f.held = false, nil
	f.die = func(why string) {
		session.end(clean.Foreign(why))
		hangUp()
	}
	f.mu.Unlock()
	l.tasks.Go("filtering", func() {
		(&filter{out: filtered, noise: l.s.noise, asked: session.asked, book: l.s.book}).run(raw)
		_ = filtered.Close()
	})
	f.own.Go(func() { f.serve(fromHost, toHost) })
	l.atEnd(func() {
		session.end(clean.Foreign("the server is being stopped"))
		hangUp()
		_ = wire.Close()
		_ = fromFake.Close() // nobody reads any more, so nobody must write
	})
	return session, l.shakeHands(ctx, session, wire)
}

func (f *fake) serve(r io.Reader, w io.Writer) {
	var out sync.Mutex
	write := func(line string) {
		out.Lock()
		defer out.Unlock()
		_, _ = io.WriteString(w, line+"\n")
	}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		var m struct {
			ID     json.RawMessage
			Method string
		}
		if json.Unmarshal(lines.Bytes(), &m) != nil {
			continue
		}
		f.mu.Lock()
		f.heard = append(f.heard, m.Method)
		answer := func() { f.own.Go(func() { f.answer(m.Method, string(m.ID), write) }) }
		if f.frozen {
			f.held = append(f.held, answer)
			answer = func() {}
		}
		f.mu.Unlock()
		if m.ID != nil {
			answer()
		}
	}
}

func (f *fake) answer(method, id string, write func(string)) {
	reply := func(body string) { write(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,%s}`, id, body)) }
	switch method {
	case "initialize":
		time.Sleep(f.slow)
		if f.modern {
			reply(`"error":{"code":-32022,"message":"too old","data":{"supported":["2026-07-28"]}}`)
			return
		}
		reply(`"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"fake","version":"1"}}`)
	case "server/discover":
		reply(`"result":{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}`)
	case "tools/list":
		reply(`"result":{"tools":[{"name":"work","inputSchema":{"type":"object"}}]}`)
	case "tools/call":
		f.tool(func(result string) { reply(`"result":` + result) }, write)
	default:
		reply(`"result":{}`)
	}
}

func (f *fake) freeze() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frozen = true
}

func (f *fake) thaw() {
	f.mu.Lock()
	held := f.held
	f.frozen, f.held = false, nil
	f.mu.Unlock()
	for _, answer := range held {
		answer()
	}
}

// asked counts the requests for a method.
func (f *fake) asked(method string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.heard {
		if m == method {
			n++
		}
	}
	return n
}

func (f *fake) starts() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dials
}

// A stage is a server that runs with a fake behind it.
type stage struct {
	*Server
	*fake
	t    *testing.T
	told []Status // the owner's, to be read after a Wait
}

// play runs a server in virtual time and hands it to the scene.
func play(t *testing.T, f *fake, scene func(*stage), change ...func(*config.Server, *Options)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		st := &stage{fake: f, t: t}
		if f.tool == nil {
			f.tool = func(reply func(string), _ func(string)) { reply(`{"content":[{"type":"text","text":"done"}]}`) }
		}
		cfg := config.Server{Name: "fake", Command: "fake"}
		opt := Options{Notify: func(s Status) { st.told = append(st.told, s) }}
		for _, c := range change {
			c(&cfg, &opt)
		}
		st.Server = New(cfg, opt)
		st.Server.dial, st.roll = f.dial, func() float64 { return 0.5 }
		ctx, cancel := context.WithCancel(t.Context())
		var run sync.WaitGroup
		run.Go(func() { st.Run(ctx) })
		defer f.own.Wait()
		defer run.Wait()
		defer cancel()
		synctest.Wait()
		scene(st)
	})
}

// after lets time pass and expects a state.
func (st *stage) after(d time.Duration, want State) Status {
	st.t.Helper()
	time.Sleep(d)
	synctest.Wait()
	now := st.Status()
	if now.State != want {
		st.t.Fatalf("after %s it is %s (%s), want %s", d, now.State, now.Reason.Raw(), want)
	}
	return now
}

// until lets time pass up to a limit until there is a state, and tells how long
// that took.
func (st *stage) until(want State, limit time.Duration) time.Duration {
	st.t.Helper()
	began := time.Now()
	for time.Since(began) <= limit {
		synctest.Wait()
		if st.Status().State == want {
			return time.Since(began)
		}
		time.Sleep(100 * time.Millisecond)
	}
	st.t.Fatalf("not %s within %s, but %s", want, limit, st.Status().State)
	return 0
}

// work calls the fake's tool.
func (st *stage) work() (Result, error) { return st.Call(st.t.Context(), "work", nil, nil) }

// begin calls it beside the scene.
func (st *stage) begin() <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := st.work()
		done <- err
	}()
	synctest.Wait()
	return done
}

// failure is the error of a call that must fail in a certain way.
func (st *stage) failure(err error, kind Kind) *Error {
	st.t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Kind != kind {
		st.t.Fatalf("the call gives %v, want it %s", err, kind)
	}
	return e
}
