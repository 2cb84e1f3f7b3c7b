package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
	"switchboard/host/server/process"
	"switchboard/host/task"
)

const (
	// firstID keeps our request ids apart from those that mcp-go's client counts
	// up from 1 on the same connection.
	firstID = 1_000_000
	// deathNotice is how long a request waits for the reason when its connection
	// broke; the reason needs the exit status and the last words.
	deathNotice   = 5 * time.Second
	cancelTimeout = 2 * time.Second
)

// A session is one connection after its handshake. Lists and calls are sent as
// raw requests: mcp-go's own decoding loses parts of schemas, codes of errors,
// and whole lists for the sake of one tool.
type session struct {
	server  string
	wire    transport.Interface
	version string // negotiated
	info    mcp.Implementation
	hasTool bool // the server declared tools
	url     bool // reached by URL
	tasks   *task.Group
	// revive starts a new session in place of one that the server has forgotten;
	// nil where there are none.
	revive func(ctx context.Context) error

	id       atomic.Int64
	progress sync.Map // progress token → chan<- Progress
	headers  sync.Map // tool → *mcp.Tool whose arguments go into headers too

	late      func()   // called for an answer that came too late; nil for nobody
	abandoned sync.Map // id → struct{}: asked and no longer waited for

	endOnce sync.Once
	over    chan struct{}
	why     clean.Text
}

func newSession(server string, wire transport.Interface, info mcp.Implementation, tasks *task.Group) *session {
	s := &session{server: server, wire: wire, info: info, tasks: tasks, over: make(chan struct{})}
	s.id.Store(firstID)
	return s
}

func (s *session) modern() bool { return mcp.IsModernProtocol(s.version) }

// end closes the session with its reason; the first reason stays.
func (s *session) end(why clean.Text) {
	s.endOnce.Do(func() {
		s.why = why
		close(s.over)
	})
}

// lost is the reason once the session is over.
func (s *session) lost() error { return &lostError{s.why} }

// asked tells whether a request with this id was ever sent on the connection, by
// us or by mcp-go's client, whose few requests are counted from 1. It is called
// for every answer that arrives, so it notes those that are late.
func (s *session) asked(id int64) bool {
	if _, gone := s.abandoned.LoadAndDelete(id); gone && s.late != nil {
		s.late()
	}
	return id > 0 && id < 1000 || id > firstID && id <= s.id.Load()
}

type params map[string]any

// request sends one request and gives the result as it came. When ctx ends first
// the server is told that nobody waits any more.
func (s *session) request(ctx context.Context, method string, p params) (json.RawMessage, error) {
	result, err := s.once(ctx, method, p)
	if errors.Is(err, transport.ErrSessionTerminated) && s.revive != nil {
		if err := s.revive(ctx); err != nil {
			return nil, err
		}
		return s.once(ctx, method, p)
	}
	return result, err
}

func (s *session) once(ctx context.Context, method string, p params) (json.RawMessage, error) {
	id := s.id.Add(1)
	body, header, err := s.compose(method, p)
	if err != nil {
		return nil, &invalidError{"the request could not be written: " + err.Error()}
	}
	notes := &notes{}
	resp, err := s.wire.SendRequest(context.WithValue(ctx, notesKey{}, notes), transport.JSONRPCRequest{
		JSONRPC: mcp.JSONRPC_VERSION, ID: mcp.NewRequestId(id), Method: method, Params: body, Header: header,
	})
	switch {
	case ctx.Err() != nil && err != nil:
		s.abandon(ctx, id)
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, s.explain(notes.or(err))
	case resp.Error != nil:
		return nil, newRPCError(resp.Error)
	}
	return resp.Result, nil
}

// compose adds to params what the modern protocol wants with every request: the
// version, who we are and what we can do, and on HTTP some of it as headers.
func (s *session) compose(method string, p params) (json.RawMessage, http.Header, error) {
	if s.modern() {
		meta, _ := p["_meta"].(params)
		if meta == nil {
			meta = params{}
		}
		meta[mcp.MetaKeyProtocolVersion] = s.version
		meta[mcp.MetaKeyClientCapabilities] = mcp.ClientCapabilities{}
		meta[mcp.MetaKeyClientInfo] = s.info
		p["_meta"] = meta
	}
	body, err := json.Marshal(p)
	if err != nil || !s.modern() || !s.url {
		return body, nil, err
	}
	header := http.Header{}
	for name, value := range mcp.StandardHeaders(s.version, mcp.MCPMethod(method), body) {
		header.Set(name, value)
	}
	name, _ := p["name"].(string)
	if tool, ok := s.headers.Load(name); ok && method == string(mcp.MethodToolsCall) {
		for name, value := range mcp.GenerateParamHeaders(tool.(*mcp.Tool), body) {
			header.Set(name, value)
		}
	}
	return body, header, nil
}

// explain waits for the reason when a request broke off with its connection.
func (s *session) explain(err error) error {
	if errors.Is(err, process.ErrNotReading) {
		return process.ErrNotReading
	}
	if !errors.Is(err, transport.ErrTransportClosed) && !errors.Is(err, io.ErrClosedPipe) {
		return innermost(err)
	}
	timer := time.NewTimer(deathNotice)
	defer timer.Stop()
	select {
	case <-s.over:
		return s.lost()
	case <-timer.C:
		return err
	}
}
