package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/server/process"
	"switchboard/host/task"
)

// errNotAsked stands in for the initialize that mcp-go would send on its own after
// a refused server/discover; which era comes next is for us to decide.
var errNotAsked = errors.New("initialize is not sent on this connection")

// stdioWire and httpWire wrap mcp-go's transports. They embed them, so that what
// mcp-go finds out by type assertion (answers to the server's requests, protocol
// headers) goes on working.
type stdioWire struct {
	*transport.Stdio
	*checks
}

func (w stdioWire) SendRequest(ctx context.Context, r transport.JSONRPCRequest) (*transport.JSONRPCResponse, error) {
	return w.send(ctx, r, w.Stdio.SendRequest)
}

func (w stdioWire) SetRequestHandler(h transport.RequestHandler) {
	w.Stdio.SetRequestHandler(w.answer(h))
}

func (w stdioWire) SetNotificationHandler(h func(mcp.JSONRPCNotification)) {
	w.Stdio.SetNotificationHandler(w.contain(h))
}

// A stdin is what mcp-go writes to. A reply to a request of the server's that
// cannot be sent is dropped: mcp-go would print that error over our screen.
type stdin struct {
	*process.Queue
	book *book
}

func (s stdin) Write(p []byte) (int, error) {
	s.book.sent(p)
	n, err := s.Queue.Write(p)
	if err != nil && !bytes.Contains(p[:min(len(p), 200)], []byte(`"method"`)) {
		return len(p), nil
	}
	return n, err
}

type httpWire struct {
	*transport.StreamableHTTP
	*checks
}

func (w httpWire) SendRequest(ctx context.Context, r transport.JSONRPCRequest) (*transport.JSONRPCResponse, error) {
	return w.send(ctx, r, w.StreamableHTTP.SendRequest)
}

func (w httpWire) SetRequestHandler(h transport.RequestHandler) {
	w.StreamableHTTP.SetRequestHandler(w.answer(h))
}

func (w httpWire) SetNotificationHandler(h func(mcp.JSONRPCNotification)) {
	w.StreamableHTTP.SetNotificationHandler(w.contain(h))
}

// checks is what both wires do to the traffic.
type checks struct {
	discoverOnly bool // answer initialize with errNotAsked
	// alive is called for every answer with the time it took, and with 0 for
	// answers that were not timed and for every notification.
	alive   func(time.Duration)
	onPanic func(task.Panic)
	told    func(mcp.JSONRPCNotification) // called for every notification

	mu       sync.Mutex
	discover error // why server/discover did not succeed
	greeting greeting
}

type sender func(context.Context, transport.JSONRPCRequest) (*transport.JSONRPCResponse, error)

func (c *checks) send(ctx context.Context, r transport.JSONRPCRequest, next sender) (*transport.JSONRPCResponse, error) {
	if r.Method == string(mcp.MethodInitialize) && c.discoverOnly {
		return nil, errNotAsked
	}
	began := time.Now()
	resp, err := next(ctx, r)
	switch {
	case r.Method == string(mcp.MethodServerDiscover):
		return c.discovered(ctx, r, next, resp, err)
	case err != nil || resp == nil:
	case r.Method == string(mcp.MethodInitialize):
		c.alive(0) // the time is mostly that of the process's start
		c.greeted(r.Method, resp, time.Since(began))
		mendHandshake(resp)
	default:
		c.alive(time.Since(began))
	}
	return resp, err
}

// discovered checks the answer to server/discover, which mcp-go takes for good
// whatever it says: a lenient old server answers any method with {}. It repeats a
// request that was refused with -32022 although the version is among those named.
func (c *checks) discovered(ctx context.Context, r transport.JSONRPCRequest, next sender,
	resp *transport.JSONRPCResponse, err error,
) (*transport.JSONRPCResponse, error) {
	if err == nil && resp.Error != nil && namesOurs(resp.Error) {
		r.ID = mcp.NewRequestId(fmt.Sprintf("discover-again-%v", r.ID.Value()))
		resp, err = next(ctx, r)
	}
	if err == nil && resp.Error == nil && !slices.Contains(versions(resp.Result), mcp.LATEST_PROTOCOL_VERSION) {
		resp = transport.NewJSONRPCErrorResponse(resp.ID, mcp.METHOD_NOT_FOUND, "the answer to server/discover names no version known here", nil)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
		c.discover = err
	case resp.Error != nil:
		c.discover = newRPCError(resp.Error)
	default:
		c.discover = nil
		c.greeting = greeting{method: r.Method, result: resp.Result}
	}
	return resp, err
}

// namesOurs tells of a refusal of our version that it names our version.
func namesOurs(e *mcp.JSONRPCErrorDetails) bool {
	return e.Code == mcp.UNSUPPORTED_PROTOCOL_VERSION &&
		slices.Contains(newRPCError(e).versions(), mcp.LATEST_PROTOCOL_VERSION)
}

func (c *checks) discoverError() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.discover
}

func versions(result json.RawMessage) []string {
	var v struct {
		SupportedVersions []string `json:"supportedVersions"`
	}
	_ = json.Unmarshal(result, &v)
	return v.SupportedVersions
}

// mendHandshake keeps of an InitializeResult what is needed when mcp-go could not
// decode it: one capability of the wrong type must not cost the server.
func mendHandshake(resp *transport.JSONRPCResponse) {
	if resp == nil || resp.Error != nil || json.Unmarshal(resp.Result, &mcp.InitializeResult{}) == nil {
		return
	}
	var loose struct {
		ProtocolVersion string `json:"protocolVersion"`
		Capabilities    map[string]json.RawMessage
	}
	_ = json.Unmarshal(resp.Result, &loose)
	if loose.ProtocolVersion == "" {
		return
	}
	mended := mcp.InitializeResult{ProtocolVersion: loose.ProtocolVersion}
	if _, ok := loose.Capabilities["tools"]; ok {
		mended.Capabilities.Tools = &struct {
			ListChanged bool `json:"listChanged,omitempty"`
		}{ListChanged: true}
	}
	resp.Result, _ = json.Marshal(mended)
}

// answer lets through of the server's requests what we have declared, which is
// nothing but ping: no roots, no sampling, no elicitation.
func (c *checks) answer(next transport.RequestHandler) transport.RequestHandler {
	return func(ctx context.Context, r transport.JSONRPCRequest) (resp *transport.JSONRPCResponse, err error) {
		defer c.recovered("answering "+r.Method, func() { err = errInternal })
		if r.Method != string(mcp.MethodPing) {
			return transport.NewJSONRPCErrorResponse(r.ID, mcp.METHOD_NOT_FOUND,
				"Switchboard did not offer "+r.Method, nil), nil
		}
		return next(ctx, r)
	}
}

// contain keeps a panic in a notification handler from ending the program: on
// standard input and output mcp-go calls it on its own goroutine.
func (c *checks) contain(next func(mcp.JSONRPCNotification)) func(mcp.JSONRPCNotification) {
	return func(n mcp.JSONRPCNotification) {
		defer c.recovered("handling "+n.Method, func() {})
		c.alive(0)
		c.told(n)
		next(n)
	}
}
