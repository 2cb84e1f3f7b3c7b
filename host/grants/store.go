package grants

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"switchboard/host/policy"
)

// A Store is the grants file and what was last read of it. Several instances of the
// program may share the file, and several goroutines a Store; none waits for the
// disk but who changes or refreshes it.
type Store struct {
	path  string // "" for one that is never written
	shelf shelf

	disk sync.Mutex // held around the file; guards seen
	seen stamp      // of the file that data was read from

	mu   sync.Mutex // held for a moment only; guards what follows
	data *Data
	uses map[string]use // not written yet, by id
}

type use struct {
	n    int
	last time.Time
}

// Temporary is a store that lasts as long as the program.
func Temporary() *Store {
	return &Store{data: &Data{Version: version}, uses: map[string]use{}}
}

// Lasts tells whether the store outlives the program.
func (s *Store) Lasts() bool { return s.path != "" }

// Open reads the grants at path; none are there yet when there is no such file. A
// file that cannot be understood is set aside: then the error is a [*DamagedError]
// and the store works all the same, empty; asks and denies that were in the file do
// not hold any more, which the person has to be told. With any other error there is
// no store. The path "" is for a store that lasts as long as the program.
func Open(ctx context.Context, path string) (*Store, error) {
	s := Temporary()
	if path == "" {
		return s, nil
	}
	s.path = path
	s.shelf = shelf{filepath.Join(filepath.Dir(path), "definitions")}
	d, seen, err := s.load(ctx)
	if d == nil {
		return nil, err
	}
	s.data, s.seen = d, seen
	if err == nil {
		err = s.shelf.sweep(d, time.Now())
	}
	return s, err
}

// Snapshot is what was last read or written. It must not be changed.
func (s *Store) Snapshot() *Data {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.data
}

func (s *Store) publish(d *Data) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = d
}

// Update changes the file: under its lock it is read again, changed and written at
// one stroke, so that no edit of another instance is lost. When change fails, or
// ctx ends before the lock is there, nothing is written. Uses that were counted go
// along.
func (s *Store) Update(ctx context.Context, change func(*Data) error) error {
	s.disk.Lock()
	defer s.disk.Unlock()
	unlock, err := s.lock(ctx)
	if err != nil {
		return fmt.Errorf("changing the grants: %w", err)
	}
	defer unlock()
	d, _, err := s.read()
	if err != nil {
		return err
	}
	if err := change(d); err != nil {
		return err
	}
	uses := s.takeUses()
	for id, u := range uses {
		d.used(id, u.n, u.last)
	}
	if err := s.write(d); err != nil {
		s.count(uses)
		return err
	}
	s.publish(d)
	return nil
}

// Refresh reads the file again if somebody else wrote it, and tells whether they did.
func (s *Store) Refresh(ctx context.Context) (changed bool, err error) {
	s.disk.Lock()
	defer s.disk.Unlock()
	if s.path == "" || stampOf(s.path).same(s.seen) {
		return false, nil
	}
	d, seen, err := s.load(ctx)
	if d != nil {
		s.seen = seen
		s.publish(d)
	}
	return d != nil, err
}

// Used counts a use of the grant behind a rule that decided; other rules are passed
// over. It is written by the next [Store.Update] or [Store.Flush].
func (s *Store) Used(r policy.Rule, at time.Time) { s.Count(r, 1, at) }

// Count is [Store.Used] for n uses, the last of them at a time.
func (s *Store) Count(r policy.Rule, n int, last time.Time) {
	id := IDOf(r)
	if slices.ContainsFunc(s.Snapshot().Rules, func(g Grant) bool { return g.ID == id }) {
		s.count(map[string]use{id: {n, last}})
	}
}

// List is that of the snapshot, with the uses that are not written yet.
func (s *Store) List() []Entry {
	all := s.Snapshot().List()
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range all {
		if u, ok := s.uses[all[i].ID]; ok {
			all[i].Uses += u.n
			all[i].LastUsed = u.last
		}
	}
	return all
}

// count adds uses to those that are not written yet.
func (s *Store) count(more map[string]use) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, u := range more {
		have := s.uses[id]
		if have.last.After(u.last) {
			u.last = have.last
		}
		s.uses[id] = use{have.n + u.n, u.last}
	}
}

func (s *Store) takeUses() map[string]use {
	s.mu.Lock()
	defer s.mu.Unlock()
	uses := s.uses
	s.uses = map[string]use{}
	return uses
}

// Flush writes uses that were counted, if there are any.
func (s *Store) Flush(ctx context.Context) error {
	s.mu.Lock()
	idle := len(s.uses) == 0
	s.mu.Unlock()
	if idle {
		return nil
	}
	return s.Update(ctx, func(*Data) error { return nil })
}

// A Check is how a definition compares with the one that the person accepted.
type Check struct {
	State State
	// Old is the accepted definition of one that changed; its Body is nil when it
	// was too large to be kept.
	Old Definition
}

// Check compares a definition with the one that was accepted of the server with
// that launch identity.
func (s *Store) Check(identity string, now Definition) Check {
	state, was := s.Snapshot().Check(identity, now)
	if state != Changed {
		return Check{State: state}
	}
	return Check{Changed, Definition{now.Subject, was, s.shelf.get(was)}}
}

// Accept remembers definitions of a server as accepted: those that are new when the
// server is met, those that changed when the person agreed to the change.
func (s *Store) Accept(ctx context.Context, identity, name string, at time.Time, now ...Definition) error {
	if s.path != "" {
		if err := s.shelf.put(now); err != nil {
			return err
		}
	}
	return s.Update(ctx, func(d *Data) error {
		d.Accept(identity, name, at, now...)
		return nil
	})
}
