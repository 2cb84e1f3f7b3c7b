package host

import (
	"time"

	"switchboard/host/clean"
)

// ListGrants asks for [GrantsListed], now and whenever it changes, until On is false.
type ListGrants struct{ On bool }

// Revoke takes back one entry of the ledger.
type Revoke struct{ ID string }

// GrantsListed answers [ListGrants].
type GrantsListed struct {
	Entries []Grant // the newest first, those of the configuration last
	Mode    Mode
}

// A Grant is one line of the ledger: a rule, or something that is remembered.
type Grant struct {
	ID   string // for [Revoke]; "" for what stands in a file of the person's own or on the command line
	Kind GrantKind
	Text clean.Text
	// Origin says where it comes from, in words: a file and a line, a flag, an answer.
	Origin   clean.Text
	Created  time.Time // zero where it is not known
	LastUsed time.Time // zero for never
	Uses     int
	Expires  time.Time // zero for never
	// Void says why it does nothing now; "" when it may.
	Void string
}

// GrantKind says what an entry of the ledger is about.
type GrantKind string

// The kinds of entries.
const (
	GrantRule      GrantKind = "rule"
	GrantCollision GrantKind = "collision"
	GrantServer    GrantKind = "server"
	GrantKey       GrantKind = "key" // of the environment, and where it may go
)

func (ListGrants) op()      {}
func (Revoke) op()          {}
func (GrantsListed) event() {}
