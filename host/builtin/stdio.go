package builtin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/task"
)

const (
	// callsAtOnce bounds the requests that are answered side by side.
	callsAtOnce = 16
	// grace is how long calls may go on after the input ended, and again how
	// long they may take to notice that they were cancelled.
	grace = time.Second
)

// A conversation is one client on one pair of streams. mcp-go's own loop for
// stdio is not used because it drops calls that still wait in its queue when the
// input ends, takes lines of any length, and leaves goroutines behind.
type conversation struct {
	mcp         *server.MCPServer
	out, errOut io.Writer
	writing     sync.Mutex
	calls       task.Group
	slots       chan struct{}
	notices     chan mcp.JSONRPCNotification
	ready       atomic.Bool
	fail        context.CancelCauseFunc
}

var _ server.ClientSession = (*conversation)(nil)

// SessionID is the same for all: a process has one client.
func (c *conversation) SessionID() string { return "stdio" }

// Initialize notes that a client of the handshake era is ready.
func (c *conversation) Initialize() { c.ready.Store(true) }

// Initialized tells whether Initialize was called.
func (c *conversation) Initialized() bool { return c.ready.Load() }

// NotificationChannel takes what must be written before the next answer.
func (c *conversation) NotificationChannel() chan<- mcp.JSONRPCNotification { return c.notices }

func converse(ctx context.Context, m *server.MCPServer, opts Options) error {
	c := &conversation{
		mcp: m, out: opts.Stdout, errOut: opts.Stderr,
		slots:   make(chan struct{}, callsAtOnce),
		notices: make(chan mcp.JSONRPCNotification, callsAtOnce),
	}
	c.calls.OnPanic = func(p task.Panic) { fmt.Fprintln(c.errOut, p.Error()) }
	if err := m.RegisterSession(ctx, c); err != nil {
		return fmt.Errorf("opening the conversation: %w", err)
	}
	defer m.UnregisterSession(ctx, c.SessionID())
	return c.run(ctx, opts.Stdin)
}

// run reads until the input or the context ends. The reading goroutine is not
// waited for: a read of a pipe that is somebody's standard input cannot be
// interrupted, only closed, and it holds nothing.
func (c *conversation) run(parent context.Context, in io.Reader) error {
	ctx, fail := context.WithCancelCause(c.mcp.WithContext(parent, c))
	c.fail = fail
	defer fail(nil)
	if closer, ok := in.(io.Closer); ok {
		defer context.AfterFunc(ctx, func() { closer.Close() })()
	}
	lines := make(chan input)
	var reader task.Group
	reader.Go("read standard input", func() { readLines(ctx, in, lines) })

	err := errors.Join(c.pump(ctx, lines), c.finish())
	if parent.Err() != nil {
		return nil
	}
	// What ended the conversation says more than the read that it broke off.
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

func (c *conversation) pump(ctx context.Context, lines <-chan input) error {
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case l, ok := <-lines:
			if !ok {
				return nil
			}
			if err := c.take(ctx, l); err != nil {
				return err
			}
		}
	}
}

// take handles one line. Requests run side by side; notifications at once, so
// that a cancellation never waits behind what it cancels.
func (c *conversation) take(ctx context.Context, l input) error {
	switch {
	case errors.Is(l.err, errLineTooLong):
		c.reply(mcp.NewJSONRPCError(mcp.NewRequestId(nil), mcp.INVALID_REQUEST, l.err.Error(), nil))
		return nil
	case l.err != nil:
		return fmt.Errorf("reading standard input: %w", l.err)
	case len(bytes.TrimSpace(l.line)) == 0:
		return nil
	case !isRequest(l.line):
		c.reply(c.mcp.HandleMessage(ctx, l.line))
		return nil
	}
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	c.calls.Go("answer a request", func() {
		defer func() { <-c.slots }()
		c.reply(c.mcp.HandleMessage(ctx, l.line))
	})
	return nil
}

func isRequest(line []byte) bool {
	var head struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
	}
	err := json.Unmarshal(line, &head)
	return err == nil && head.Method != "" && len(head.ID) > 0 && string(head.ID) != "null"
}

// reply writes the notifications that came up, then the message if there is one.
func (c *conversation) reply(message mcp.JSONRPCMessage) {
	c.writing.Lock()
	defer c.writing.Unlock()
	for {
		select {
		case n := <-c.notices:
			c.write(n)
			continue
		default:
		}
		break
	}
	if message != nil {
		c.write(message)
	}
}

func (c *conversation) write(message any) {
	line, err := json.Marshal(message)
	if err != nil {
		fmt.Fprintln(c.errOut, "encoding a message:", err)
		return
	}
	if _, err := c.out.Write(append(line, '\n')); err != nil {
		c.fail(fmt.Errorf("writing to standard output: %w", err))
	}
}

// finish lets running calls end, cancels those that do not, and gives up on a
// call that cannot even be cancelled, such as one whose answer nobody reads.
func (c *conversation) finish() error {
	done := make(chan struct{})
	var waiter task.Group
	waiter.Go("wait for calls", func() { c.calls.Wait(); close(done) })
	for range 2 {
		select {
		case <-done:
			return nil
		case <-time.After(grace):
			c.fail(nil)
		}
	}
	return errors.New("a call was still running when the server ended")
}
