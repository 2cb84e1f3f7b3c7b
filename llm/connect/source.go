package connect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"switchboard/host/task"
	"switchboard/llm"
)

// A Source offers models: an endpoint, the configuration, the word matcher.
type Source struct {
	ID    string // for [Ref]
	Name  string // who answers
	About string // where it is, or how it was found
	// Key is what the person has to agree to before the source can be asked for its
	// list; the zero value when it may be.
	Key     Key
	Asking  bool  // the list is still to come
	Problem error // why there is no list; nil when there is one
	Models  []Offer
}

// An Offer is one model of a source.
type Offer struct {
	llm.ModelInfo
	About string // what stands behind an entry's name
}

// List tells of all sources, each time with all that is known by then, and returns
// when there is no more, or ctx ends. Servers on this machine are looked for; a
// source whose key may not be used is told and not asked.
func (b *Book) List(ctx context.Context, may func(Key) bool, tell func([]Source)) {
	l := &listing{book: b, may: may, tell: tell, all: b.known(may)}
	l.show()
	var tasks task.Group
	tasks.Go("looking for local servers", func() { l.addLocal(ctx, &tasks) })
	for _, s := range l.asked() {
		tasks.Go("listing "+s.Name, func() { l.ask(ctx, s) })
	}
	tasks.Wait()
}

// known are the sources that can be told without asking anybody.
func (b *Book) known(may func(Key) bool) []Source {
	all := []Source{}
	if entries := b.entries(); len(entries) > 0 {
		all = append(all, Source{ID: EntrySource, Name: "Your configuration", About: `the section "models"`, Models: entries})
	}
	for _, base := range b.bases() {
		all = append(all, b.source(base, may))
	}
	return append(all, Source{
		ID: OfflineSource, Name: "Built in", About: "no key, no network, no language model",
		Models: []Offer{{ModelInfo: llm.ModelInfo{Name: offlineName}, About: "word matcher"}},
	})
}

// entries are the models that the configuration names.
func (b *Book) entries() []Offer {
	var all []Offer
	for _, e := range b.o.Entries {
		o := Offer{ModelInfo: llm.ModelInfo{Name: e.Entry, Window: e.Window, Vision: e.Vision != nil && *e.Vision}, About: e.Name}
		switch {
		case e.Problem != nil:
			o.About = "cannot be used: " + e.Problem.Error()
		case len(e.Missing) > 0:
			o.About = "needs " + list(e.Missing)
		case e.BaseURL != "":
			o.About = strings.TrimSpace(e.Name + " at " + hostOf(e.BaseURL))
		}
		all = append(all, o)
	}
	return all
}

func hostOf(base string) string {
	_, host, _ := strings.Cut(originOf(base), "://")
	return host
}

// bases are the endpoints that flags, configuration and environment lead to, the
// session's own first, each origin once.
func (b *Book) bases() []string {
	candidates := []string{b.start.base, b.o.Config.BaseURL}
	for _, e := range b.o.Entries {
		if e.Problem == nil && len(e.Missing) == 0 {
			candidates = append(candidates, e.BaseURL)
		}
	}
	candidates = append(candidates, b.o.env(openAIBaseURL))
	for _, p := range providers {
		if p.baseURL != "" && slices.ContainsFunc(p.keys, func(k string) bool { return b.o.env(k) != "" }) {
			candidates = append(candidates, p.baseURL)
		}
	}
	var all []string
	seen := map[string]bool{"": true}
	for _, base := range candidates {
		if o := sameMachine(originOf(base)); base != "" && !seen[o] {
			seen[o] = true
			all = append(all, base)
		}
	}
	return all
}

// sameMachine gives an origin on this machine in one spelling.
func sameMachine(origin string) string {
	return strings.Replace(origin, "://localhost", "://127.0.0.1", 1)
}

// source is an endpoint before it is asked. Without leave to use its key it offers
// the model that its key would lead to.
func (b *Book) source(base string, may func(Key) bool) Source {
	s := Source{ID: base, Name: hostOf(base), About: hostOf(base)}
	c, err := b.at(base, b.anyName(base))
	if err != nil {
		s.Problem = err
		return s
	}
	s.Name = c.Model.Info().Provider
	if _, variable := b.options(base, "").key(originOf(base)); variable != "" {
		s.About = variable + inEnvironment
	}
	if s.Asking = may(c.Key); !s.Asking {
		s.Key = c.Key
		if p, ok := providerAt(originOf(base)); ok {
			s.Models = []Offer{{ModelInfo: llm.ModelInfo{Name: p.model}}}
		}
	}
	return s
}

// anyName is a name for asking an endpoint what it offers, which takes none.
func (b *Book) anyName(base string) string {
	if p, ok := providerAt(originOf(base)); ok && p.model != "" {
		return p.model
	}
	return "any"
}

// A listing is one [Book.List] under way.
type listing struct {
	book *Book
	may  func(Key) bool
	tell func([]Source)

	mu  sync.Mutex
	all []Source
}

// asked are the sources whose lists are to come.
func (l *listing) asked() []Source {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(l.all), func(s Source) bool { return !s.Asking })
}

// show tells of all as it is now. One after the other, so that the last word is the
// newest.
func (l *listing) show() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tell(slices.Clone(l.all))
}

// put replaces a source by what is known of it now, or adds it before the word
// matcher.
func (l *listing) put(s Source) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.all, func(known Source) bool { return known.ID == s.ID })
	if i < 0 {
		l.all = slices.Insert(l.all, len(l.all)-1, s)
	} else {
		l.all[i] = s
	}
	l.tell(slices.Clone(l.all))
}

// addLocal adds the servers on this machine that no other source stands for.
func (l *listing) addLocal(ctx context.Context, tasks *task.Group) {
	for _, s := range findLocal(ctx, l.book.probe) {
		if l.has(s.root) {
			continue
		}
		found := Source{ID: s.base(), Name: s.name + " on this machine", About: hostOf(s.root), Asking: true}
		l.put(found)
		tasks.Go("listing "+s.name, func() { l.ask(ctx, found) })
	}
}

func (l *listing) has(origin string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.all, func(s Source) bool { return sameMachine(originOf(s.ID)) == origin })
}

// ask asks a source for its list.
func (l *listing) ask(ctx context.Context, s Source) {
	s.Asking = false
	infos, err := l.book.models(ctx, s.ID)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		s.Problem = errors.New("no list came in time")
	case err != nil:
		s.Problem = err
	}
	for _, info := range infos {
		s.Models = append(s.Models, Offer{ModelInfo: info})
	}
	l.book.remember(s.ID, infos)
	l.put(s)
}

// models lists what an endpoint offers.
func (b *Book) models(ctx context.Context, base string) ([]llm.ModelInfo, error) {
	c, err := b.at(base, b.anyName(base))
	if err != nil {
		return nil, err
	}
	lister, ok := c.Model.(llm.Lister)
	if !ok {
		return nil, fmt.Errorf("listing the models: %w", errors.ErrUnsupported)
	}
	return lister.Models(ctx)
}

// remember keeps what an endpoint told of its models.
func (b *Book) remember(base string, infos []llm.ModelInfo) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, info := range infos {
		b.seen[Ref{base, info.Name}] = info
	}
}

// Nearby says which servers on this machine could answer in place of the word matcher
// and how to see their models; "" when none is there, or the word matcher was asked
// for by name.
func (b *Book) Nearby(ctx context.Context) string {
	if b.o.offline() != "" {
		return ""
	}
	var names []string
	for _, s := range findLocal(ctx, b.probe) {
		names = append(names, s.name)
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + " answers on this machine: /model lists its models"
	}
	return list(names) + " answer on this machine: /model lists their models"
}
