// Package journal keeps the append-only record of a session: what was said,
// called, decided and answered, in order, on disk before it counts as done. From
// it a session is resumed, exported and replayed.
//
// A journal is a file of JSON Lines. Each line is one [Record] and ends in a
// checksum over all of it that stands before, so that a torn line at the end is
// told from a whole one, and a damaged line in the midst costs itself alone.
package journal

import (
	"encoding/json"
	"time"
)

// A Record is one line of a journal.
type Record struct {
	// Seq counts the records of a file from 1, without a gap.
	Seq  int64           `json:"seq"`
	Time time.Time       `json:"time"`
	Type string          `json:"type"` // what Data holds; readers pass over types they do not know
	Data json.RawMessage `json:"data"` // a JSON object
}

// MaxRecord bounds one line, in bytes. What is larger belongs into a file of its
// own that the record names.
const MaxRecord = 64 << 20
