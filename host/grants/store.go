package grants

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"switchboard/host/disk"
	"switchboard/host/policy"
)

// A Store is the grants file and what was last read of it. Several instances of the
// program may share the file, and several goroutines a Store.
type Store struct {
	path  string // "" for one that is never written
	shelf shelf

	mu   sync.Mutex
	data *Data
	seen stamp          // of the file that data was read from
	uses map[string]use // not written yet, by id
}

type use struct {
	n    int
	last time.Time
}

// Open reads the grants at path; none are there yet when there is no such file. A
// file that cannot be understood is set aside: then the error is a [*DamagedError]
// and the store works all the same, empty; asks and denies that were in the file do
// not hold any more, which the person has to be told. With any other error there is
// no store. The path "" is for a store that lasts as long as the program.
func Open(ctx context.Context, path string) (*Store, error) {
	s := &Store{path: path, data: &Data{Version: version}, uses: map[string]use{}}
	if path == "" {
		return s, nil
	}
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

// Update changes the file: under its lock it is read again, changed and written at
// one stroke, so that no edit of another instance is lost. When change fails, or
// ctx ends before the lock is there, nothing is written. Uses that were counted go
// along.
func (s *Store) Update(ctx context.Context, change func(*Data) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.path == "" {
		return s.updateMemory(change)
	}
	unlock, err := disk.Lock(ctx, s.path+".lock")
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
	s.writeUses(d)
	if err := s.write(d); err != nil {
		return err
	}
	s.uses = map[string]use{}
	s.data, s.seen = d, stampOf(s.path)
	return nil
}

// updateMemory is Update without a file.
func (s *Store) updateMemory(change func(*Data) error) error {
	raw, err := json.Marshal(s.data)
	if err != nil {
		return fmt.Errorf("changing the grants: %w", err)
	}
	d := &Data{}
	if err := json.Unmarshal(raw, d); err != nil {
		return fmt.Errorf("changing the grants: %w", err)
	}
	if err := change(d); err != nil {
		return err
	}
	s.writeUses(d)
	s.data, s.uses = d, map[string]use{}
	return nil
}

// Refresh reads the file again if somebody else wrote it, and tells whether they did.
func (s *Store) Refresh(ctx context.Context) (changed bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.path == "" || stampOf(s.path).same(s.seen) {
		return false, nil
	}
	d, seen, err := s.load(ctx)
	if d != nil {
		s.data, s.seen = d, seen
	}
	return d != nil, err
}

// Used counts a use of the grant behind a rule that decided; other rules are passed
// over. It is written by the next [Store.Update] or [Store.Flush].
func (s *Store) Used(r policy.Rule, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := idOf(r)
	u := s.uses[id]
	s.uses[id] = use{u.n + 1, at}
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

func (s *Store) writeUses(d *Data) {
	for id, u := range s.uses {
		d.used(id, u.n, u.last)
	}
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
