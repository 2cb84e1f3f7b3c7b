package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
)

// discoverLimit bounds the question for the modern protocol, so that a server that
// leaves it unanswered can still be reached with the older one in time.
const discoverLimit = 5 * time.Second

// dialURL reaches a server by streamable HTTP: with the modern protocol, and if it
// does not speak that, with the older one on a transport of its own, because the
// stream for what the server says unasked exists only there.
func (l *life) dialURL(ctx context.Context) (*session, error) {
	trip := newRoundTripper(l.s.cfg.Headers, l.reachable, l.s.book)
	l.afterTasks(trip.shut)

	modern, err := l.openURL(trip)
	if err != nil {
		return nil, err
	}
	modern.discoverOnly = true
	session := l.urlSession(modern)
	limit := min(discoverLimit, l.s.startTimeout()/2)
	if err = l.initialize(ctx, session, modern, client.WithDiscoverTimeout(limit)); err == nil {
		l.introduced(session, modern.checks, nil)
		return session, nil
	}
	if err := final(modern.discoverError()); err != nil {
		return nil, err
	}

	//lint:ignore SA1019 The option is deprecated with the era that it serves: legacy servers have no other way to reach us.
	legacy, err := l.openURL(trip, transport.WithContinuousListening())
	if err != nil {
		return nil, err
	}
	session = l.urlSession(legacy)
	session.revive = l.reviver(session, legacy)
	if err := l.initialize(ctx, session, legacy, client.WithProtocolVersion(mcp.LATEST_LEGACY_PROTOCOL_VERSION)); err != nil {
		return nil, explainURL(err)
	}
	l.introduced(session, legacy.checks, modern.discoverError())
	return session, nil
}

func (l *life) openURL(trip *roundTripper, opts ...transport.StreamableHTTPCOption) (httpWire, error) {
	opts = append(opts,
		transport.WithHTTPBasicClient(&http.Client{Transport: trip, CheckRedirect: sameOrigin}),
		transport.WithHTTPLogger(slog.New(slog.DiscardHandler)))
	t, err := transport.NewStreamableHTTP(l.s.cfg.URL, opts...)
	if err != nil {
		return httpWire{}, fmt.Errorf("the url of the entry: %w", innermost(err))
	}
	wire := httpWire{t, l.checks()}
	l.atEnd(func() { _ = wire.Close() })
	return wire, nil
}

func (l *life) urlSession(wire httpWire) *session {
	s := newSession(l.s.cfg.Name, wire, l.info(), &l.tasks)
	s.url = true
	l.atEnd(func() { s.end(clean.Foreign("the server is being stopped")) })
	return s
}

// reviver gives the function that shakes hands again when the server has
// forgotten the session. Requests that find this out together do it once.
func (l *life) reviver(s *session, wire httpWire) func(context.Context) error {
	var mu sync.Mutex
	return func(ctx context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		if wire.GetSessionId() != "" {
			return nil // somebody else just did
		}
		c := client.NewClient(wire, client.WithProtocolVersion(mcp.LATEST_LEGACY_PROTOCOL_VERSION))
		if _, err := c.Initialize(ctx, handshake(s.info)); err != nil {
			return fmt.Errorf("the server forgot the session and refused a new one: %w", explainURL(err))
		}
		return nil
	}
}

// final tells whether the answer to server/discover leaves nothing to try: nobody
// there, a refusal of the person, or versions that we do not speak.
func final(err error) error {
	var (
		status *statusError
		rpc    *rpcError
		dial   *reachError
	)
	switch {
	case errors.As(err, &status) && (status.code == http.StatusUnauthorized || status.code == http.StatusForbidden):
		return status.explain()
	case errors.As(err, &dial):
		return dial
	case errors.As(err, &rpc) && rpc.code == mcp.UNSUPPORTED_PROTOCOL_VERSION:
		if slices.ContainsFunc(rpc.versions(), legacyVersion) {
			return nil
		}
		return &entryError{fmt.Errorf("the server speaks no version of MCP known here: %w", rpc)}
	}
	return nil
}

func legacyVersion(v string) bool {
	return slices.Contains(mcp.LegacyProtocolVersions(), v)
}

// explainURL finds in an error of mcp-go's what our own layer below had to say.
func explainURL(err error) error {
	var status *statusError
	if errors.As(err, &status) {
		return status.explain()
	}
	var dial *reachError
	if errors.As(err, &dial) {
		return dial
	}
	return innermost(err)
}

// reachable tells the owner whether the address answers.
func (l *life) reachable(err error) { latest(l.trouble, err) }
