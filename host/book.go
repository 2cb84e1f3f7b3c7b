package host

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/journal"
	"switchboard/host/server"
	"switchboard/host/server/record"
	"switchboard/host/task"
)

// maxPending bounds what is kept of a session in which nothing was said yet.
const maxPending = 4096

// A book keeps the record of the session: it listens to the events and is told
// what those lack. A file begins with the first prompt, so that looking around
// leaves none. Its methods may be called from any goroutine and, but for sync,
// never wait for the disk.
type book struct {
	opt    Options
	store  journal.Store
	tell   func(Event)
	masker atomic.Pointer[record.Masker]
	tasks  task.Group // the recorders

	mu      sync.Mutex
	servers []journal.Server
	secrets []string        // known so far, sorted
	pending []journal.Entry // before there is a file
	volume  *volume         // the open file; nil before the first prompt
	told    bool            // the person knows that recording fails
	held    held
	health  map[string]journal.Health // as last recorded
}

// A volume is the file that a session is written to.
type volume struct {
	id   string
	rec  *journal.Recorder
	stop context.CancelFunc
	done chan struct{} // closed when the file is
}

// newBook makes the book of a host. Without a folder it stays empty.
func newBook(opt Options, tell func(Event), fault func(task.Panic)) *book {
	b := &book{opt: opt, tell: tell, secrets: slices.Clone(opt.Secrets), health: map[string]journal.Health{}}
	b.learn(opt.Servers)
	b.tasks.OnPanic = fault
	b.store.Dir = SessionDir(opt.StateDir)
	return b
}

// learn takes over the servers of another configuration. The secrets of the former
// stay secret: what they said may still be on its way.
func (b *book) learn(servers []config.Server) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.servers = serversIn(servers)
	for _, s := range servers {
		b.secrets = append(b.secrets, server.Secrets(s)...)
	}
	slices.Sort(b.secrets)
	b.secrets = slices.Compact(b.secrets)
	b.masker.Store(record.NewMasker(b.secrets...))
}

// SessionDir is where sessions are kept below a folder for state.
func SessionDir(stateDir string) string { return filepath.Join(stateDir, "sessions") }

func (b *book) on() bool { return b.opt.StateDir != "" }

// mask takes the secrets out of a text: the known values, and what has the shape
// of a key.
func (b *book) mask(s string) string { return server.MaskKeys(b.masker.Load().String(s)) }

// put records something that no event tells.
func (b *book) put(kind string, data any) {
	if !b.on() {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.release()
	b.add(kind, data)
}

// note records an event.
func (b *book) note(e Event) {
	if !b.on() {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if kind, turn, text, ok := pieceOf(e); ok {
		b.hold(kind, turn, text)
		return
	}
	kind, data := recordOf(e)
	if h, ok := data.(journal.Health); ok && !b.fresh(h) {
		return
	}
	if kind != "" {
		b.release()
		b.add(kind, data)
	}
}

// defines records which tools a server offers from here on.
func (b *book) defines(name string, tools []catalog.Tool) {
	b.put(journal.KindTools, func() any {
		hashes := make(map[string]string, len(tools))
		for _, t := range tools {
			hashes[t.ID.Tool] = t.Hash()
		}
		return journal.Tools{Server: name, Definitions: hashes}
	})
}

// fresh tells whether a server's state is news: its status changes far more often.
func (b *book) fresh(h journal.Health) bool {
	last, known := b.health[h.Server]
	b.health[h.Server] = h
	return !known || last.State != h.State || last.Reason != h.Reason || last.Tools != h.Tools
}

func (b *book) add(kind string, data any) {
	e := journal.Entry{Time: time.Now(), Kind: kind, Data: data}
	if b.volume != nil {
		b.volume.rec.Put(e)
		return
	}
	if len(b.pending) < maxPending {
		b.pending = append(b.pending, e)
	}
}

// begin makes the session's file, if there is none yet. An id of its own is told.
func (b *book) begin() {
	if !b.on() || b.id() != "" {
		return
	}
	header := b.header()
	w, unlock, err := b.store.Create(header.ID)
	if err != nil {
		b.complain(err)
		return
	}
	b.open(header.ID, w, unlock, journal.Entry{Time: time.Now(), Kind: journal.KindSession, Data: header})
	b.tell(SessionBegan{ID: header.ID})
}

// header describes a session that begins now.
func (b *book) header() journal.Header {
	b.mu.Lock()
	defer b.mu.Unlock()
	dir, _ := os.Getwd()
	info := b.opt.Model.Info()
	return journal.Header{
		Version: journal.Version, ID: journal.NewID(time.Now()), Program: b.opt.Server.Version, Dir: dir,
		Model:   journal.Model{Provider: info.Provider, Name: info.Name, Why: b.opt.ModelWhy, Offline: info.Offline},
		Servers: b.servers,
	}
}

func serversIn(entries []config.Server) []journal.Server {
	servers := make([]journal.Server, len(entries))
	for i, s := range entries {
		servers[i] = journal.Server{Name: s.Name, Identity: s.Identity()}
	}
	return servers
}

// open writes to another file from here on, beginning with first and what waits.
func (b *book) open(id string, w *journal.Writer, unlock func(), first ...journal.Entry) {
	b.shut()
	ctx, stop := context.WithCancel(context.Background())
	v := &volume{id: id, rec: journal.NewRecorder(b.mask), stop: stop, done: make(chan struct{})}
	b.tasks.Go("the journal", func() {
		defer close(v.done)
		defer unlock()
		v.rec.Run(ctx, w)
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	v.rec.Put(append(first, b.pending...)...)
	b.volume, b.pending = v, nil
}

// id names the session that is written; "" for none.
func (b *book) id() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.volume == nil {
		return ""
	}
	return b.volume.id
}

// sync returns when all that was recorded so far is on the disk. A journal that
// cannot be written does not stop the conversation; the person is told once.
func (b *book) sync(ctx context.Context) {
	b.mu.Lock()
	v := b.volume
	b.mu.Unlock()
	if v == nil {
		return
	}
	if err := v.rec.Sync(ctx); err != nil && ctx.Err() == nil {
		b.complain(err)
	}
}

func (b *book) complain(err error) {
	b.mu.Lock()
	told := b.told
	b.told = true
	b.mu.Unlock()
	if !told {
		b.tell(Notice{Level: Warn, Text: clean.Foreign("this session is not recorded any more, so it cannot be resumed: " + err.Error())})
	}
}

// shut closes the file and waits until that is done.
func (b *book) shut() {
	b.mu.Lock()
	b.release()
	v := b.volume
	b.volume = nil
	b.mu.Unlock()
	if v != nil {
		v.stop()
		<-v.done
	}
}

// close ends the book.
func (b *book) close() {
	b.shut()
	b.tasks.Wait()
}
