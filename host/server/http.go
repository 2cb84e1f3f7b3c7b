package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	maxRedirects  = 3
	maxSnippet    = 2 << 10 // of an error page
	maxHeader     = 1 << 20 // of an answer
	deleteTimeout = time.Second
)

// A roundTripper stands between mcp-go's HTTP transport and the network. It adds
// the entry's headers, bounds what can come back, and keeps the status and body
// of refusals, which mcp-go reduces to its own few errors.
type roundTripper struct {
	base    *http.Transport
	headers map[string]string
	// reach is called whenever the address does not answer, and with nil when it
	// does again. It must not block.
	reach func(error)
	book  *book // gets every message as it went over the wire

	over atomic.Bool // nothing more is sent

	mu   sync.Mutex // held while reach is called, so that the last word is the latest
	down bool
}

func newRoundTripper(headers map[string]string, reach func(error), book *book) *roundTripper {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.MaxResponseHeaderBytes = maxHeader
	return &roundTripper{base: base, headers: headers, reach: reach, book: book}
}

// shut ends the connections. mcp-go's goroutines end a little later than it says,
// so what they may still ask for is refused, and what is under way leaves nothing.
func (t *roundTripper) shut() {
	t.over.Store(true)
	t.base.CloseIdleConnections()
}

// RoundTrip implements [http.RoundTripper].
func (t *roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.over.Load() {
		return nil, net.ErrClosed
	}
	notes, _ := req.Context().Value(notesKey{}).(*notes)
	req = req.Clone(req.Context())
	for name, value := range t.headers {
		req.Header.Set(name, value)
	}
	cancel := func() {}
	if req.Method == http.MethodDelete { // the farewell must not hold up the end
		ctx, stop := context.WithTimeout(req.Context(), deleteTimeout)
		req, cancel = req.WithContext(ctx), stop
	}
	t.book.sentBody(req)
	resp, err := t.base.RoundTrip(req)
	if t.over.Load() {
		t.base.CloseIdleConnections()
	}
	if err != nil {
		cancel()
		return nil, notes.keep(t.unreached(req, err))
	}
	t.report(nil)
	resp.Body = &capped{ReadCloser: resp.Body, notes: notes, done: cancel, messages: messages{events: isStream(resp), book: t.book}}
	if resp.StatusCode < 400 || forTransport(req, resp) {
		return resp, nil
	}
	return refusal(req, resp, notes)
}

// unreached tells apart a network that does not answer from a caller that left.
func (t *roundTripper) unreached(req *http.Request, err error) error {
	if req.Context().Err() != nil {
		return err
	}
	failed := &reachError{where: place(req.URL), err: err}
	t.report(failed)
	return failed
}

func (t *roundTripper) report(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && !t.down {
		return
	}
	t.down = err != nil
	t.reach(err)
}

// forTransport tells which refusals mcp-go must see itself: of the stream that
// servers need not offer, of the farewell, and of a session that is forgotten.
func forTransport(req *http.Request, resp *http.Response) bool {
	return req.Method != http.MethodPost ||
		resp.StatusCode == http.StatusNotFound && req.Header.Get("Mcp-Session-Id") != ""
}

// refusal makes an error of a refused request. A JSON-RPC error in the body goes
// through to mcp-go, under a status that makes it read the body.
func refusal(req *http.Request, resp *http.Response, notes *notes) (*http.Response, error) {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	_ = resp.Body.Close()
	var message struct {
		ID    json.RawMessage `json:"id"`
		Error json.RawMessage `json:"error"`
	}
	signIn := resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden
	if json.Unmarshal(body, &message) == nil && len(message.Error) > 0 && isSomething(message.ID) && !signIn {
		resp.StatusCode = http.StatusOK
		resp.Header.Set("Content-Type", "application/json")
		resp.Body = io.NopCloser(bytes.NewReader(body))
		return resp, nil
	}
	return nil, notes.keep(&statusError{
		where: place(req.URL), code: resp.StatusCode, signedIn: req.Header.Get("Authorization") != "",
		snippet: snippet(body),
	})
}

func isStream(resp *http.Response) bool {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return media == "text/event-stream"
}

// snippet is the beginning of an error page, on one line.
func snippet(body []byte) string {
	body = body[:min(len(body), maxSnippet)]
	return cut(strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "�")), " "), maxLastWord)
}

// place is an address without what may be secret in it: user, query, fragment.
func place(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// sameOrigin follows few redirects and none to another host, port or scheme:
// headers with keys in them, and the request's body, would go there.
func sameOrigin(req *http.Request, via []*http.Request) error {
	from := via[0].URL
	if req.URL.Scheme != from.Scheme || req.URL.Host != from.Host {
		return fmt.Errorf("%s redirects to another place, %s; if that is right, put that address into the configuration", place(from), place(req.URL))
	}
	if len(via) > maxRedirects {
		return fmt.Errorf("%s redirects more than %d times", place(from), maxRedirects)
	}
	return nil
}

// A statusError is a refusal by HTTP status.
type statusError struct {
	where    string
	code     int
	signedIn bool // we sent an Authorization header
	snippet  string
}

func (e *statusError) Error() string {
	return because(fmt.Sprintf("%s answered %d %s", e.where, e.code, http.StatusText(e.code)), e.snippet).Raw()
}

// explain says what a refused start means.
func (e *statusError) explain() error {
	switch e.code {
	case http.StatusUnauthorized, http.StatusForbidden:
		if e.signedIn {
			return &signInError{"the Authorization header in the configuration was refused: " + e.Error()}
		}
		return &signInError{"sign-in needed: " + e.Error() + "; add an Authorization header to the entry"}
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return &entryError{fmt.Errorf("%w; is this the address of an MCP server with streamable HTTP?", e)}
	}
	return e
}

// A reachError is an address that cannot be reached.
type reachError struct {
	where string
	err   error
}

func (e *reachError) Unwrap() error { return e.err }

func (e *reachError) Error() string {
	if errors.Is(e.err, syscall.ECONNREFUSED) {
		return fmt.Sprintf("%s: connection refused; is the server running there?", e.where)
	}
	return fmt.Sprintf("%s cannot be reached: %v", e.where, innermost(e.err))
}

// innermost is an error without the wrappings that repeat the whole URL, which
// may hold a key in its query.
func innermost(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
