package grants

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/policy"
)

// A Grant is a rule that the person made by an answer.
type Grant struct {
	Record
	Effect  policy.Effect `json:"effect"`
	Rule    string        `json:"rule"` // as [policy.ParseRule] reads it
	Server  string        `json:"server,omitempty"`
	Tool    string        `json:"tool,omitempty"` // with Server, what the rule is pinned to
	Expires time.Time     `json:"expires,omitzero"`
	more    members
}

// UnmarshalJSON reads a grant and keeps what it does not know.
func (g *Grant) UnmarshalJSON(raw []byte) error {
	type plain Grant
	return decode(raw, (*plain)(g), &g.more)
}

// MarshalJSON writes a grant with what was not known in it.
func (g Grant) MarshalJSON() ([]byte, error) {
	type plain Grant
	return encode(plain(g), g.more)
}

// Grant remembers a rule and gives the entry's id. The same rule with the same pins
// is one entry: then only its expiry is renewed. An allow has to be pinned to a
// launch identity and a definition.
func (d *Data) Grant(r policy.Rule, origin string, at time.Time) (id string, err error) {
	if r.Effect == policy.Allow && (r.Pin.Server == "" || r.Pin.Tool == "") {
		return "", fmt.Errorf("remembering %s: an allow needs the launch identity and the definition that it is for", r)
	}
	if again, err := policy.ParseRule(r.String()); err != nil || again.String() != r.String() {
		return "", errors.Join(fmt.Errorf("remembering %s: it cannot be written down", r), err)
	}
	id = IDOf(r)
	for i := range d.Rules {
		if d.Rules[i].ID == id {
			d.Rules[i].Expires = r.Expires
			return id, nil
		}
	}
	d.Rules = append(d.Rules, Grant{
		Record: Record{ID: id, Origin: origin, Created: at},
		Effect: r.Effect, Rule: r.String(), Server: r.Pin.Server, Tool: r.Pin.Tool, Expires: r.Expires,
	})
	return id, nil
}

// IDOf is the id of the grant that a rule is remembered as.
func IDOf(r policy.Rule) string {
	return entryID("rule", string(r.Effect), r.String(), r.Pin.Server, r.Pin.Tool)
}

// Policy gives the rules of all grants. One that this version cannot read is an
// error that names it, and stays in the file; where it was an ask or a deny, less is
// stopped than the person said.
func (d *Data) Policy() ([]policy.Rule, error) {
	var rules []policy.Rule
	var unread []error
	for _, g := range d.Rules {
		r, err := g.rule()
		if err != nil {
			unread = append(unread, fmt.Errorf("a remembered rule cannot be used: %w", err))
			continue
		}
		rules = append(rules, r)
	}
	return rules, errors.Join(unread...)
}

// rule is the grant as a rule.
func (g Grant) rule() (policy.Rule, error) {
	r, err := policy.ParseRule(g.Rule)
	if err != nil {
		return r, err
	}
	if g.Effect == policy.Allow && (g.Server == "" || g.Tool == "") {
		return r, fmt.Errorf("%s allows without saying for which server and definition", g.Rule)
	}
	r.Effect, r.Pin, r.Expires = g.Effect, policy.Pin{Server: g.Server, Tool: g.Tool}, g.Expires
	r.Source = clean.Line(g.Origin) + " on " + g.Created.Format(time.DateOnly)
	return r, nil
}

// used counts uses of the grant behind a rule.
func (d *Data) used(id string, n int, last time.Time) {
	i := slices.IndexFunc(d.Rules, func(g Grant) bool { return g.ID == id })
	if i < 0 {
		return
	}
	d.Rules[i].Uses += n
	if last.After(d.Rules[i].LastUsed) {
		d.Rules[i].LastUsed = last
	}
}

// entry is the grant's line in the ledger.
func (g Grant) entry() Entry {
	text := strings.TrimSpace(string(g.Effect) + " " + g.Rule)
	return Entry{Record: g.Record, Kind: RuleEntry, Text: clean.Foreign(text), Expires: g.Expires}
}
