package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
	"switchboard/host/server/process"
)

// outputGrace is how long a process that closed its standard output has to exit:
// normally both happen together.
const outputGrace = 500 * time.Millisecond

// connect is the start: it ends with one message to the owner, come what may.
func (l *life) connect() {
	c := connected{err: errInternal}
	defer func() { l.connected <- c }()
	limit := l.s.startTimeout()
	slow := fmt.Errorf("no answer within %s of its start", process.Seconds(limit))
	ctx, cancel := context.WithTimeoutCause(l.ctx, limit, slow)
	defer cancel()
	if c.session, c.err = l.s.dial(ctx, l); c.err == nil {
		c.tools = c.session.listTools(ctx)
		c.err = c.tools.err
	}
	if c.err == nil {
		l.followOffers(c.session)
	}
	if c.err != nil && ctx.Err() != nil {
		c.err = errors.New(because(context.Cause(ctx).Error(), lastWords(l.s.stderr)).Raw())
	}
}

// dial reaches the server as its entry says.
func dial(ctx context.Context, l *life) (*session, error) {
	if l.s.cfg.Command == "" {
		return l.dialURL(ctx)
	}
	return l.dialProcess(ctx)
}

// dialProcess starts the command and shakes hands with it.
func (l *life) dialProcess(ctx context.Context) (*session, error) {
	cfg, opt := l.s.cfg, l.s.opt
	env := opt.environ(cfg)
	found := process.Lookup(cfg.Command, env, cfg.Dir)
	l.s.book.lookedUp(found)
	if found.Err != nil {
		return nil, &entryError{found.Err}
	}
	proc, err := process.Start(process.Spec{
		Path: found.Path, Argv: append([]string{cfg.Command}, cfg.Args...), Env: env, Dir: cfg.Dir,
		Guard: opt.Guard, Stderr: l.s.stderr,
	}, &l.tasks)
	if err != nil {
		return nil, launchFault(err)
	}
	l.s.touch(func(st *Status) { st.PID = proc.PID })

	messages, lines := io.Pipe()
	wire := stdioWire{transport.NewIO(messages, stdin{proc.Stdin, l.s.book}, nil), l.checks()}
	session := newSession(cfg.Name, wire, l.info(), &l.tasks)
	session.late = l.s.late
	ended := make(chan struct{})
	l.tasks.Go("reading "+cfg.Name, func() {
		defer close(ended)
		filter := filter{out: lines, noise: l.s.noise, asked: session.asked, book: l.s.book}
		filter.run(proc.Stdout)
		_ = lines.Close()
	})
	l.tasks.Go("watching "+cfg.Name, func() { l.watch(proc, session, ended) })
	l.atEnd(func() {
		session.end(clean.Foreign("the server is being stopped"))
		l.s.ended(proc.Stop(opt.grace()))
		_ = wire.Close()
		_ = lines.Close()
	})
	return session, l.shakeHands(ctx, session, wire)
}

// watch waits for the death of a process and tells why it died.
func (l *life) watch(proc *process.Process, session *session, outputEnded <-chan struct{}) {
	select {
	case <-proc.Done():
		<-outputEnded // answers that were sent before the death still count
	case <-outputEnded:
		if !proc.ExitsWithin(outputGrace) {
			what := fmt.Sprintf("closed its standard output after %s while it was still running", process.Seconds(proc.Age()))
			session.end(because(what, lastWords(l.s.stderr)))
			return
		}
		<-proc.Done() // what it left behind may take longer
	}
	session.end(because(proc.Exit().String(), lastWords(l.s.stderr)))
}

// shakeHands speaks the older protocol first: every server known to us does, a
// modern one answers it with an error and is then asked with server/discover,
// while some older servers exit on that or stay silent.
func (l *life) shakeHands(ctx context.Context, s *session, wire stdioWire) error {
	legacyErr := l.initialize(ctx, s, wire, client.WithProtocolVersion(mcp.LATEST_LEGACY_PROTOCOL_VERSION))
	if legacyErr == nil {
		l.introduced(s, wire.checks, nil)
		return nil
	}
	if !refused(legacyErr) {
		return s.explain(legacyErr)
	}
	wire.discoverOnly = true
	err := l.initialize(ctx, s, wire, client.WithDiscoverTimeout(-1))
	if errors.Is(err, errNotAsked) {
		return fmt.Errorf("the server refused the handshake: %w", legacyErr)
	}
	if err != nil {
		return s.explain(err)
	}
	l.introduced(s, wire.checks, legacyErr)
	return nil
}

// refused tells whether the server answered and said no, rather than nothing. One
// that dies between its answer and our next message has not said no.
func refused(err error) bool {
	var transportErr *transport.Error
	return !errors.As(err, &transportErr) && !errors.Is(err, io.ErrClosedPipe)
}

// initialize opens the session with a client of mcp-go's.
func (l *life) initialize(ctx context.Context, s *session, wire transport.Interface, opts ...client.ClientOption) error {
	c := client.NewClient(wire, opts...)
	c.OnNotification(func(n mcp.JSONRPCNotification) { s.notified(n, l.listChanged) })
	// What is started here lives as long as the connection, which Close ends.
	if err := c.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("opening the connection: %w", err)
	}
	if _, err := c.Initialize(ctx, handshake(s.info)); err != nil {
		return fmt.Errorf("shaking hands: %w", err)
	}
	s.version, s.hasTool = c.ProtocolVersion(), c.GetServerCapabilities().Tools != nil
	l.subscribe(c, s)
	return nil
}

func handshake(info mcp.Implementation) mcp.InitializeRequest {
	return mcp.InitializeRequest{Params: mcp.InitializeParams{ClientInfo: info}}
}

func (l *life) info() mcp.Implementation {
	version := l.s.opt.Version
	if version == "" {
		version = "0"
	}
	return mcp.Implementation{Name: "switchboard", Version: version}
}

func (l *life) checks() *checks {
	return &checks{onPanic: l.s.opt.OnPanic, alive: l.s.alive, told: l.told}
}
