package host

import (
	"context"
	"sync"
	"time"

	"switchboard/host/clean"
	"switchboard/host/grants"
)

// A KeyUse asks whether a key that was found in the environment may be used: with
// it the conversation, and what the tools answer, goes to the provider. It is
// answered by [Approve], for the [Session] or for [Always], or by [Deny].
type KeyUse struct {
	Variable string // that holds the key
	Provider string
	Origin   string // scheme, host and port that the key and the conversation go to
	Model    string // that would answer; not part of what is agreed to
}

func (KeyUse) question() {}

// agreement is what a yes is about: any model of that provider.
func (k KeyUse) agreement() KeyUse { k.Model = ""; return k }

// accepts tells whether an answer is one to this question.
func (k KeyUse) accepts(a Answer) bool {
	switch a := a.(type) {
	case Approve:
		return a.Scope == Session || a.Scope == Always
	case Deny:
		return true
	}
	return false
}

// A keyring knows which keys of the environment the person lets be used.
type keyring struct {
	desk  *desk
	store *grants.Store

	mu   sync.Mutex
	held map[KeyUse]bool // for the session
}

func newKeyring(d *desk, s *grants.Store) *keyring {
	return &keyring{desk: d, store: s, held: map[KeyUse]bool{}}
}

// may tells whether a key may be used without another question.
func (r *keyring) may(k KeyUse) bool {
	if k == (KeyUse{}) || r.store.Snapshot().MayUse(k.Variable, k.Origin) {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.held[k.agreement()]
}

// ask asks the person unless they have agreed before. The error is why there was no
// answer.
func (r *keyring) ask(ctx context.Context, k KeyUse) (bool, error) {
	if r.may(k) {
		return true, nil
	}
	a, err := r.desk.Ask(ctx, k)
	if err != nil {
		return false, err
	}
	yes, ok := a.(Approve)
	if !ok {
		return false, nil
	}
	r.hold(k)
	if yes.Scope == Always {
		r.keep(ctx, k)
	}
	return true, nil
}

func (r *keyring) hold(k KeyUse) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held[k.agreement()] = true
}

// keep remembers a yes beyond the session, and says so where that fails.
func (r *keyring) keep(ctx context.Context, k KeyUse) {
	err := r.store.Update(ctx, func(d *grants.Data) error {
		d.AllowKey(k.Variable, k.Provider, k.Origin, "answered in the tray", time.Now())
		return nil
	})
	if err != nil {
		said := "the use of " + k.Variable + " holds for this session only: " + err.Error()
		r.desk.put(Notice{Level: Warn, Text: clean.Foreign(said)})
	}
}
