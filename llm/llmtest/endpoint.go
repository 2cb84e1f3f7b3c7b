package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// An Endpoint is a server on this machine that speaks chat completions and the
// responses wire as its script says. It keeps every request for an answer.
type Endpoint struct {
	server *httptest.Server

	mu          sync.Mutex
	next        func(Received) Answer
	received    []Received
	connections int
}

// A Received is a request that came in at an [Endpoint].
type Received struct {
	Number int    // from 0
	Path   string // with the query
	Header http.Header
	Body   json.RawMessage
}

// An Answer writes the answer to one request. It must return when the request's
// context ends. [Reply] and [Raw] make the usual ones.
type Answer func(w http.ResponseWriter, r *http.Request)

// NewEndpoint starts a server that gives one answer to each request, in the order
// of their arrival, and status 500 when there is none left. It ends with the test.
func NewEndpoint(t testing.TB, answers ...Answer) *Endpoint {
	t.Helper()
	return NewEndpointFunc(t, func(r Received) Answer {
		if r.Number < len(answers) {
			return answers[r.Number]
		}
		return Status(http.StatusInternalServerError, fmt.Sprintf(`{"error":{"message":"no answer for request %d"}}`, r.Number+1))
	})
}

// NewEndpointFunc starts a server that answers each request with what f gives for
// it. Calls of f do not overlap.
func NewEndpointFunc(t testing.TB, f func(Received) Answer) *Endpoint {
	t.Helper()
	e := &Endpoint{next: f}
	e.server = httptest.NewUnstartedServer(http.HandlerFunc(e.serve))
	e.server.Config.ConnState = e.count
	e.server.Start()
	t.Cleanup(func() {
		e.server.CloseClientConnections() // ends what still hangs
		e.server.Close()
	})
	return e
}

// URL is the base URL, with /v1.
func (e *Endpoint) URL() string { return e.server.URL + "/v1" }

// The paths on which answers are asked for.
const (
	chatPath      = "/chat/completions"
	responsesPath = "/responses"
)

// Requests gives what came in so far, oldest first.
func (e *Endpoint) Requests() []Received {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.received)
}

// Connections tells how many connections were opened so far.
func (e *Endpoint) Connections() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.connections
}

func (e *Endpoint) count(_ net.Conn, s http.ConnState) {
	if s != http.StateNew {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.connections++
}

func (e *Endpoint) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	asks := strings.HasSuffix(r.URL.Path, chatPath) || strings.HasSuffix(r.URL.Path, responsesPath)
	if !asks || r.Method != http.MethodPost {
		http.Error(w, `{"error":{"message":"no such route"}}`, http.StatusNotFound)
		return
	}
	e.take(r, body)(w, r)
}

func (e *Endpoint) take(r *http.Request, body []byte) Answer {
	e.mu.Lock()
	defer e.mu.Unlock()
	got := Received{Number: len(e.received), Path: r.URL.RequestURI(), Header: r.Header, Body: body}
	e.received = append(e.received, got)
	return e.next(got)
}

// Field gives a top-level field of the request's body; nil when it is not there.
func (r Received) Field(name string) json.RawMessage {
	var body map[string]json.RawMessage
	if json.Unmarshal(r.Body, &body) != nil {
		return nil
	}
	return body[name]
}

// Raw answers with a body of any media type, in one piece.
func Raw(contentType, body string) Answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body) // a client that went away needs no answer
	}
}

// SSE answers with the text of an event stream, as it is.
func SSE(body string) Answer { return Raw("text/event-stream", body) }

// Status answers with a status, a JSON body, and headers in pairs of name and
// value.
func Status(status int, body string, headers ...string) Answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // a client that went away needs no answer
	}
}

// Hang sends body as the start of an event stream and then nothing more.
func Hang(body string) Answer {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, body) // a client that went away needs no answer
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
}

// Cut sends body as the start of an event stream and closes the connection, in
// the way that looks like a regular end: no length, no chunks.
func Cut(body string) Answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = buffer.WriteString("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body)
		_ = buffer.Flush()
	}
}
