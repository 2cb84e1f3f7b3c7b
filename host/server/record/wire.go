package record

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// The bounds of a [Wire].
const (
	MaxMessages  = 2000
	maxWireBytes = 4 << 20
	MaxBody      = 64 << 10 // bytes kept of one message
	maxOpen      = 1024     // requests that wait for their answer
	messageCost  = 200      // bytes of a message besides its body
	maxName      = 256      // bytes of a method or an id: they are foreign too
)

// A Kind sorts what goes over the wire.
type Kind string

// The kinds of messages.
const (
	Request      Kind = "request"
	Response     Kind = "response"
	Notification Kind = "notification"
)

// A Message is one JSON-RPC message as it went over the wire.
type Message struct {
	Seq    int // from 1, over all lives of the server
	At     time.Time
	Sent   bool // by us
	Kind   Kind
	Method string        // of a response: of the request that it answers
	ID     string        // "" for a notification
	Took   time.Duration // of a response: since its request
	Failed bool          // a response with an error
	Size   int           // bytes of the whole message
	// Body is the message, secrets masked; cut after 64 KiB when it is longer.
	Body []byte
}

// A Wire keeps the newest messages: at most 2,000, and 4 MiB in all.
type Wire struct {
	mask *Masker
	ring *Ring[Message]

	mu   sync.Mutex
	seq  int
	open map[callKey]asked
	next []callKey // of open, oldest first; may name what is answered already
}

// callKey names a request: both sides count their ids on their own.
type callKey struct {
	sent bool
	id   string
}

type asked struct {
	method string
	at     time.Time
}

// NewWire makes an empty record; mask may be nil.
func NewWire(mask *Masker) *Wire {
	return &Wire{mask: mask, ring: NewRing[Message](MaxMessages, maxWireBytes), open: map[callKey]asked{}}
}

// Sent keeps a message that we send. The caller keeps body.
func (w *Wire) Sent(body []byte) { w.add(body, len(body), true) }

// Received keeps a message that came, of which head is all or the beginning; size
// is that of all of it. The caller keeps head.
func (w *Wire) Received(head []byte, size int) { w.add(head, size, false) }

// HeadSize is how much of the beginning of a message is looked at, at most: what
// is kept, and a secret more.
func (w *Wire) HeadSize() int { return MaxBody + w.mask.longest() }

func (w *Wire) add(body []byte, size int, sent bool) {
	e := Open(body)
	m := Message{
		At: time.Now(), Sent: sent, Kind: e.kind(), Method: short(w.mask.String(e.Method)), ID: short(unquoted(e.ID)),
		Failed: e.Failed, Size: size, Body: whole(w.mask.Head(body, MaxBody)),
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seq++
	m.Seq = w.seq
	w.pair(&m)
	w.ring.Add(m, len(m.Body)+messageCost)
}

// pair gives a response the method and the time of its request.
func (w *Wire) pair(m *Message) {
	switch m.Kind {
	case Request:
		w.await(callKey{m.Sent, m.ID}, asked{m.Method, m.At})
	case Response:
		key := callKey{!m.Sent, m.ID}
		if a, ok := w.open[key]; ok {
			m.Method, m.Took = a.method, m.At.Sub(a.at)
			delete(w.open, key)
		}
	}
}

func (w *Wire) await(key callKey, a asked) {
	if len(w.next) >= 2*maxOpen {
		w.forget()
	}
	w.open[key] = a
	w.next = append(w.next, key)
}

// forget keeps of the requests without an answer the newer half.
func (w *Wire) forget() {
	for _, key := range w.next[:maxOpen] {
		delete(w.open, key)
	}
	w.next = append(w.next[:0], w.next[maxOpen:]...)
}

// All gives the messages, oldest first, and how many are gone. Their bodies are
// shared and must not be changed.
func (w *Wire) All() ([]Message, int) { return w.ring.All() }

// WriteTo writes the messages as JSON Lines. The message itself is in "message";
// where it was cut, or is no JSON, its text is in "text" instead.
func (w *Wire) WriteTo(to io.Writer) (int64, error) {
	messages, _ := w.All()
	var written int64
	for _, m := range messages {
		line, err := json.Marshal(m.line())
		if err != nil {
			return written, fmt.Errorf("writing message %d: %w", m.Seq, err)
		}
		n, err := to.Write(append(line, '\n'))
		written += int64(n)
		if err != nil {
			return written, fmt.Errorf("writing the messages: %w", err)
		}
	}
	return written, nil
}

// A savedMessage is one line of [Wire.WriteTo].
type savedMessage struct {
	Seq     int             `json:"seq"`
	Time    time.Time       `json:"time"`
	Sent    bool            `json:"sent"`
	Kind    Kind            `json:"kind"`
	Method  string          `json:"method,omitempty"`
	ID      string          `json:"id,omitempty"`
	TookMs  float64         `json:"took_ms,omitempty"`
	Failed  bool            `json:"failed,omitempty"`
	Size    int             `json:"size"`
	Message json.RawMessage `json:"message,omitempty"`
	Text    string          `json:"text,omitempty"`
}

func (m Message) line() savedMessage {
	l := savedMessage{
		Seq: m.Seq, Time: m.At, Sent: m.Sent, Kind: m.Kind, Method: m.Method, ID: m.ID,
		TookMs: float64(m.Took.Microseconds()) / 1000, Failed: m.Failed, Size: m.Size,
	}
	if json.Valid(m.Body) {
		l.Message = m.Body
	} else {
		l.Text = string(m.Body)
	}
	return l
}

// unquoted is what a JSON string says; anything else stays as it is.
func unquoted(id string) string {
	inner, ok := strings.CutPrefix(id, `"`)
	if !ok {
		return id
	}
	if plain, ok := strings.CutSuffix(inner, `"`); ok && !strings.Contains(plain, `\`) {
		return plain
	}
	if text := ""; json.Unmarshal([]byte(id), &text) == nil {
		return text
	}
	return id
}

func short(s string) string {
	if len(s) > maxName {
		return string(whole([]byte(s[:maxName])))
	}
	return s
}

// whole takes away the first bytes of a character that a cut went through.
func whole(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if start := len(b) - i; utf8.RuneStart(b[start]) {
			if !utf8.FullRune(b[start:]) {
				return b[:start]
			}
			return b
		}
	}
	return b
}
