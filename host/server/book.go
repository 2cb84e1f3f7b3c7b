package server

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server/process"
	"switchboard/host/server/record"
)

// maxChanges is how many changes of state are remembered.
const maxChanges = 200

// A book is what is written down of a server over all its lives. Everything in it
// is masked and bounded. It is safe for concurrent use; a nil book takes nothing.
type book struct {
	mask    *record.Masker
	wire    *record.Wire
	log     *record.Log
	calls   *record.Calls
	history *record.Ring[Change]
	file    *logFile
	meter   process.Meter

	revision    atomic.Uint64
	firstOffers chan struct{} // closed with the first offers
	offering    sync.Once     // that closing

	mu        sync.Mutex
	search    process.Search // of the last start
	handshake Handshake
	declared  capabilities
	offers    offers
}

func newBook(cfg config.Server, opt Options) *book {
	mask := record.NewMasker(secrets(cfg)...)
	return &book{
		mask: mask, wire: record.NewWire(mask), log: record.NewLog(), calls: record.NewCalls(mask),
		history: record.NewRing[Change](maxChanges, 0), file: newLogFile(opt.LogDir, cfg.Name),
		firstOffers: make(chan struct{}),
	}
}

// changed counts a new entry, so that a listener need not compare books.
func (b *book) changed() { b.revision.Add(1) }

// masked is a text without the secrets of the entry.
func (b *book) masked(t clean.Text) clean.Text { return clean.Foreign(b.mask.String(t.Raw())) }

// entered notes a state and its reason, which is masked already.
func (b *book) entered(state State, reason clean.Text) {
	b.history.Add(Change{At: time.Now(), State: state, Reason: reason}, 0)
	b.changed()
}

// sent notes a message that goes out.
func (b *book) sent(message []byte) {
	if b != nil {
		b.wire.Sent(bytes.TrimSpace(message))
		b.changed()
	}
}

// sentBody notes the message in the body of a request.
func (b *book) sentBody(req *http.Request) {
	if b == nil || req.GetBody == nil || req.ContentLength > maxMessage {
		return
	}
	body, err := req.GetBody()
	if err != nil {
		return
	}
	defer func() { _ = body.Close() }()
	if message, err := io.ReadAll(body); err == nil && len(message) > 0 {
		b.sent(message)
	}
}

// received notes a message that came in, of which head is all or the beginning.
func (b *book) received(head []byte, size int) {
	if b != nil {
		b.wire.Received(head, size)
		b.changed()
	}
}

// headSize is how much of a message received wants at most.
func (b *book) headSize() int {
	if b == nil {
		return 0
	}
	return b.wire.HeadSize()
}

// said takes the lines of one source and gives them masked.
func (b *book) said(source LogSource) func(string) string {
	return func(line string) string {
		line = b.mask.String(line)
		plain := line
		if strings.Contains(line, "\x1b") { // few lines have colours, and looking for them is slow
			plain = colours.ReplaceAllString(line, "")
		}
		kept := b.log.Add(LogLine{Source: source, Text: clean.Foreign(plain)})
		if kept && source == Stderr {
			b.file.add(plain, b.log.Hasty())
		}
		b.changed()
		return line
	}
}

// logged takes a notifications/message.
func (b *book) logged(n mcp.JSONRPCNotification) {
	fields := n.Params.AdditionalFields
	level, _ := fields["level"].(string)
	logger, _ := fields["logger"].(string)
	b.log.Add(LogLine{
		Source: MCPLog, Level: cut(clean.Line(level), maxLevel), Logger: clean.Foreign(cut(b.mask.String(logger), maxLogger)),
		Text: clean.Foreign(b.mask.String(logText(fields["data"]))),
	})
	b.changed()
}

// called notes a call that ended: with a result, or with an error.
func (b *book) called(call record.Call, r Result, err error) {
	call.Text, call.Bytes, call.Failed = r.Text, r.Bytes, r.IsError
	if err != nil {
		call.Text, call.Failed = clean.Foreign(err.Error()), true
	}
	call.Took = time.Since(call.At)
	b.calls.Add(call)
	b.changed()
}

func (b *book) lookedUp(s process.Search) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.search = s
	b.changed()
}

func (b *book) offered() offers {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.offers
}

// offers are what a server has besides tools. The slices are not changed once they
// are here.
type offers struct {
	resources []catalog.Resource
	templates []catalog.Template
	prompts   []catalog.Prompt
}
