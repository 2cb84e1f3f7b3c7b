package grants

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/clean"
)

// A Consent is the person's word that a server which a project file asks for may be
// started or reached from now on: in that folder, and as long as the file says of
// it what it said then.
type Consent struct {
	Record
	Folder  string `json:"folder"` // where the project file lies, links resolved
	Server  string `json:"server"` // what the file calls it
	Content string `json:"content"`
	// Launch says how it is started or reached, a line a fact.
	Launch []string `json:"launch,omitempty"`
	more   members
}

// UnmarshalJSON reads a consent and keeps what it does not know.
func (c *Consent) UnmarshalJSON(raw []byte) error {
	type plain Consent
	return decode(raw, (*plain)(c), &c.more)
}

// MarshalJSON writes a consent with what was not known in it.
func (c Consent) MarshalJSON() ([]byte, error) {
	type plain Consent
	return encode(plain(c), c.more)
}

// Consent remembers a consent, whose Record is made here, and gives the entry's id.
// It takes the place of an earlier one about the same server of the same folder.
func (d *Data) Consent(c Consent, origin string, at time.Time) (id string) {
	id = entryID("consent", c.Folder, c.Server)
	c.Record = Record{ID: id, Origin: origin, Created: at}
	d.Consents = slices.DeleteFunc(d.Consents, func(old Consent) bool { return old.ID == id })
	d.Consents = append(d.Consents, c)
	return id
}

// Consented tells whether a server of a folder may be started or reached as its
// entry says. Content is the hash of the entry.
func (d *Data) Consented(folder, server, content string) bool {
	return content != "" && slices.ContainsFunc(d.Consents, func(c Consent) bool {
		return c.Folder == folder && c.Server == server && c.Content == content
	})
}

// entry is the consent's line in the ledger.
func (c Consent) entry() Entry {
	text := fmt.Sprintf("%s of the project in %s is started without a question", c.Server, c.Folder)
	if len(c.Launch) > 0 {
		text += " (" + strings.Join(c.Launch, ", ") + ")"
	}
	return Entry{Record: c.Record, Kind: ConsentEntry, Text: clean.Foreign(text)}
}
