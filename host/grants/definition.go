package grants

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"switchboard/host/catalog"
)

// State says how something compares with what the person accepted.
type State string

// The states.
const (
	Unchanged State = "unchanged"
	New       State = "new"
	Changed   State = "changed"
)

// pinLimit bounds how many definitions of one server are remembered; a server may
// offer no more tools than that.
const pinLimit = 1024

// A Definition is something that a server said of itself and that the model reads:
// a tool, its instructions, a prompt.
type Definition struct {
	// Subject is what it defines: "tool/NAME", "prompt/NAME" or "instructions".
	Subject string
	Hash    string
	Body    json.RawMessage // as it came, so that a change can be shown
}

// OfTool is a tool's definition.
func OfTool(t catalog.Tool) Definition {
	return Definition{"tool/" + t.ID.Tool, t.Hash(), toolBody(t)}
}

// OfInstructions is the definition that a server's instructions are. No
// instructions are one too.
func OfInstructions(text string) Definition { return ofText("instructions", text) }

// OfPrompt is a prompt's definition.
func OfPrompt(p catalog.Prompt) Definition {
	body, err := json.Marshal(p)
	if err != nil {
		body = nil // cannot be: a prompt is made of texts
	}
	return Definition{"prompt/" + p.Name, hashOf(body), body}
}

func ofText(subject, text string) Definition {
	body, err := json.Marshal(text)
	if err != nil {
		body = nil // cannot be: a text can always be written
	}
	return Definition{subject, hashOf([]byte(text)), body}
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// A Pin is a definition that the person accepted.
type Pin struct {
	Subject string    `json:"subject"`
	Hash    string    `json:"hash"`
	At      time.Time `json:"at"`
	more    members
}

// UnmarshalJSON reads a pin and keeps what it does not know.
func (p *Pin) UnmarshalJSON(raw []byte) error {
	type plain Pin
	return decode(raw, (*plain)(p), &p.more)
}

// MarshalJSON writes a pin with what was not known in it.
func (p Pin) MarshalJSON() ([]byte, error) {
	type plain Pin
	return encode(plain(p), p.more)
}

// Check compares a definition with the one that was accepted, and gives the hash of
// that one where it was another.
func (d *Data) Check(identity string, now Definition) (state State, was string) {
	s := d.server(identity)
	if s == nil {
		return New, ""
	}
	i, found := s.pin(now.Subject)
	switch {
	case !found:
		return New, ""
	case s.Seen[i].Hash != now.Hash:
		return Changed, s.Seen[i].Hash
	}
	return Unchanged, ""
}

// Accept remembers definitions of a server as accepted, in place of earlier ones.
func (d *Data) Accept(identity, name string, at time.Time, now ...Definition) {
	s := d.meet(identity, name, "seen", at)
	for _, n := range now {
		p := Pin{Subject: n.Subject, Hash: n.Hash, At: at}
		if i, found := s.pin(n.Subject); found {
			p.more = s.Seen[i].more
			s.Seen[i] = p
		} else {
			s.Seen = slices.Insert(s.Seen, i, p)
		}
	}
	s.forgetPins()
}

// pin finds where a subject stands among the accepted ones, or belongs.
func (s *Server) pin(subject string) (int, bool) {
	return slices.BinarySearchFunc(s.Seen, subject, func(p Pin, subject string) int {
		return strings.Compare(p.Subject, subject)
	})
}

// forgetPins drops the oldest pins that are too many.
func (s *Server) forgetPins() {
	if len(s.Seen) <= pinLimit {
		return
	}
	byAge := slices.SortedFunc(slices.Values(s.Seen), func(a, b Pin) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.Subject, b.Subject))
	})
	oldest := byAge[pinLimit-1]
	s.Seen = slices.DeleteFunc(s.Seen, func(p Pin) bool {
		return cmp.Or(oldest.At.Compare(p.At), strings.Compare(p.Subject, oldest.Subject)) > 0
	})
}
