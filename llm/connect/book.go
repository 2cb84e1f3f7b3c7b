package connect

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"switchboard/host/near"
	"switchboard/llm"
)

// Sources of models that are no endpoints.
const (
	EntrySource   = "models"  // the entries of the configuration
	OfflineSource = "offline" // the word matcher
)

// chosen is why a model answers that the person picked.
const chosen = "you chose it"

// A Book knows what models a session may be led with. Its methods may be called from
// several goroutines.
type Book struct {
	o     Options
	start Choice
	probe http.RoundTripper

	mu   sync.Mutex
	seen map[Ref]llm.ModelInfo // what endpoints listed
}

// NewBook opens the book of a session that started with a choice of [Choose].
func NewBook(o Options, start Choice) *Book {
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	b := &Book{o: o, start: start, probe: o.Transport, seen: map[Ref]llm.ModelInfo{}}
	if b.probe == nil {
		b.probe = &http.Transport{DisableKeepAlives: true}
	}
	return b
}

// Connect makes a model ready to be asked. A name without a source is an entry's, the
// word matcher's, or that of a model that an endpoint lists; in double quotes it is
// taken as it is. Endpoints are asked for their lists when none is known to have the
// name; may tells whose keys may be used for that. Errors say what to do.
func (b *Book) Connect(ctx context.Context, ref Ref, may func(Key) bool) (Choice, error) {
	switch {
	case ref.Source == OfflineSource, ref.Source == "" && ref.Name == offlineName:
		return b.o.matcher(chosen), nil
	case ref.Source == EntrySource:
		return b.connectEntry(ref.Name)
	case ref.Source != "":
		return b.at(ref.Source, ref.Name)
	}
	if b.hasEntry(ref.Name) {
		return b.connectEntry(ref.Name)
	}
	if name, quoted := unquoted(ref.Name); quoted {
		return b.asNamed(name)
	}
	at, known := b.find(ref.Name)
	if !known {
		b.List(ctx, may, func([]Source) {})
		at, known = b.find(ref.Name)
	}
	if known {
		return b.at(at.Source, at.Name)
	}
	if meant := near.Names(strings.ToLower(ref.Name), b.spellings, 3); len(meant) > 0 {
		return Choice{}, &Error{
			Message: fmt.Sprintf("no model called %s is known", ref.Name),
			Hint:    fmt.Sprintf("did you mean %s? In double quotes the name is taken as it is", strings.Join(meant, " or ")),
		}
	}
	return b.asNamed(ref.Name)
}

// unquoted takes a name out of its double quotes.
func unquoted(name string) (string, bool) {
	inner, ok := strings.CutPrefix(name, `"`)
	if !ok {
		return name, false
	}
	return strings.CutSuffix(inner, `"`)
}

func (b *Book) hasEntry(name string) bool {
	return slices.ContainsFunc(b.o.Entries, func(c Config) bool { return c.Entry == name })
}

// connectEntry connects to an entry of the configuration.
func (b *Book) connectEntry(name string) (Choice, error) {
	for _, e := range b.o.Entries {
		if e.Entry == name {
			c, err := Choose(Options{Config: e, Getenv: b.withoutName, Transport: b.o.Transport})
			c.Why = chosen
			return c, err
		}
	}
	return Choice{}, &Error{
		Message: fmt.Sprintf("the configuration has no model called %s", name), Hint: "see /model for those it has",
	}
}

// withoutName is the environment but for the variable that names a model: the person
// has named another.
func (b *Book) withoutName(name string) string {
	if name == modelVariable {
		return ""
	}
	return b.o.Getenv(name)
}

// asNamed takes a name as it is: at the endpoint of the session, or at its maker's.
func (b *Book) asNamed(name string) (Choice, error) {
	if base := b.start.base; base != "" {
		return b.at(base, name)
	}
	o := Options{Model: name, Getenv: b.withoutName, Transport: b.o.Transport}
	base, _ := o.baseURL()
	if base == "" {
		return o.without()
	}
	return b.at(base, name)
}

// at connects to a model of an endpoint, with the key and settings that belong there.
func (b *Book) at(base, name string) (Choice, error) {
	o := b.options(base, name)
	if err := o.unusable(); err != nil {
		return Choice{}, err
	}
	c, err := o.connect(base)
	if err != nil {
		return Choice{}, err
	}
	c.Why = chosen
	if b.agreed(base) {
		c.Key = Key{}
	}
	return c, nil
}

// options are those for a model of an endpoint: with the account that the
// configuration has there, and what the endpoint told of the model.
func (b *Book) options(base, name string) Options {
	o := Options{BaseURL: base, Model: name, Getenv: b.withoutName, Transport: b.o.Transport}
	if account, ok := b.account(base, name); ok {
		o.Config = account
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if info, ok := b.seen[Ref{base, name}]; ok && (o.Config.Name != name || o.Config.Window == 0) {
		o.Config.Name, o.Config.Window = name, info.Window
		o.Config.Vision = &info.Vision
	}
	return o
}

// account is the section of the configuration that belongs to an endpoint: the one
// for that very model, or else the first.
func (b *Book) account(base, name string) (first Config, ok bool) {
	for _, c := range append([]Config{b.o.Config}, b.o.Entries...) {
		o := Options{Config: c}
		if !c.connects() || c.Problem != nil || len(c.Missing) > 0 || c.BaseURL == "" && c.APIKey == "" || !o.fromConfig(originOf(base)) {
			continue
		}
		if c.Name == name {
			return c, true
		}
		if !ok {
			first, ok = c, true
		}
	}
	return first, ok
}

// agreed tells whether the session may use a key at base without a question: it was
// started with that endpoint by name, or the configuration names it.
func (b *Book) agreed(base string) bool {
	if origin := originOf(base); origin == originOf(b.start.base) && b.start.Key == (Key{}) {
		return true
	}
	_, named := b.account(base, "")
	return named
}

// find looks a name up among what was listed: at the endpoint of the session first.
func (b *Book) find(name string) (Ref, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ref := (Ref{b.start.base, name}); ref.Source != "" {
		if _, ok := b.seen[ref]; ok {
			return ref, true
		}
	}
	bySource := slices.SortedFunc(maps.Keys(b.seen), func(x, y Ref) int { return cmp.Compare(x.Source, y.Source) })
	if i := slices.IndexFunc(bySource, func(r Ref) bool { return r.Name == name }); i >= 0 {
		return bySource[i], true
	}
	return Ref{}, false
}

// spellings pairs the names that are known with how somebody may write them.
func (b *Book) spellings(yield func(spelling, name string) bool) {
	names := map[string]bool{offlineName: true}
	for _, e := range b.o.Entries {
		names[e.Entry] = true
	}
	b.mu.Lock()
	for ref := range b.seen {
		names[ref.Name] = true
	}
	b.mu.Unlock()
	for name := range names {
		if !yield(strings.ToLower(name), name) {
			return
		}
	}
}
