package host

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/llm"
	"switchboard/llm/tokens"
)

// The budget for tools when none is configured: beyond either, models choose
// worse and every request costs more than the conversation.
const (
	defaultMaxTools  = 30
	defaultToolShare = 0.1 // of the model's window
)

// An offer decides, for a whole session, which tools the model is sent. While all
// fit the budget it is sent all of them, by name. Beyond, it keeps what it was
// sent before, is told of the rest by find_tools, and what that finds is appended:
// the beginning of a request, which providers cache, stays the same. Nothing is
// taken back but for the provider's own limit, and then what was not used for the
// longest time. Its methods may be called from any goroutine.
type offer struct {
	rules  llm.ToolRules
	window int  // tokens; 0 when unknown
	free   bool // the model pays for nothing
	max    int  // tools, before find_tools stands in; 0 for no limit
	share  float64

	revision atomic.Uint64 // counts what changes the answers of infos

	mu       sync.Mutex
	fits     map[string]fitting // of every entry that was seen, by name
	entries  []catalog.Entry    // that can be sent, as last seen, by name
	listed   []string           // names sent from the start, sorted
	found    []string           // names appended since, in their order
	used     map[string]int     // when a name was last called or found, by the clock
	clock    int
	search   bool              // find_tools stands in for the rest
	told     map[string]string // why what was set aside was, as news told it, by name
	estimate tokens.Estimator
}

// newOffer makes the offer for a model, within the configured limits. The offline
// model, which pays for nothing and cannot search, gets all there is.
func newOffer(m llm.Info, limits config.Tools) *offer {
	o := &offer{
		rules: m.Tools, window: m.Window, free: m.Offline,
		fits: map[string]fitting{}, used: map[string]int{}, told: map[string]string{},
	}
	if o.rules.MaxTools > 0 {
		o.rules.MaxTools-- // a place for read_result
	}
	o.limit(limits)
	return o
}

// limit sets the configured limits, from the next request on.
func (o *offer) limit(limits config.Tools) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.revision.Add(1)
	if o.free {
		o.max, o.window = 0, 0
		return
	}
	o.max, o.share = cmp.Or(limits.Max, defaultMaxTools), cmp.Or(limits.Share, defaultToolShare)
	if hard := o.rules.MaxTools; hard > 0 {
		o.max = min(o.max, hard)
	}
}

// maxTokens is the budget in tokens; 0 when the window is unknown.
func (o *offer) maxTokens() int { return int(o.share * float64(o.window)) }

// tools gives what the next request carries, out of what the catalogue offers. The
// prompt tells which tools to prefer when not all fit.
func (o *offer) tools(entries []catalog.Entry, prompt string) []llm.Tool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.revision.Add(1)
	o.take(entries)
	names := o.sendable()
	if !o.over(names) {
		o.listed, o.found, o.search = names, nil, false
		return o.named(names)
	}
	o.keep(names)
	if !o.search {
		if len(o.listed) == len(names) {
			return o.named(names) // all were sent before, and nothing is taken back
		}
		o.search = true
		o.fill(names, prompt)
	}
	o.shrink()
	listed := append(slices.Clone(o.listed), findToolsName)
	slices.Sort(listed)
	return append(o.named(listed), o.named(o.found)...)
}

// take looks at the catalogue's entries: what is new is fitted to the provider's
// rules.
func (o *offer) take(entries []catalog.Entry) {
	o.entries = o.entries[:0:0]
	for _, e := range entries {
		if e.Name == findToolsName {
			continue
		}
		o.entries = append(o.entries, e)
		if f, known := o.fits[e.Name]; !known || !f.isOf(e) {
			o.fits[e.Name] = fit(e, o.rules)
		}
	}
	slices.SortFunc(o.entries, func(a, b catalog.Entry) int { return strings.Compare(a.Name, b.Name) })
}

// sendable lists the names of all entries that are not set aside, sorted.
func (o *offer) sendable() []string {
	var names []string
	for _, e := range o.entries {
		if o.fits[e.Name].aside == "" {
			names = append(names, e.Name)
		}
	}
	return names
}

// over tells whether so many tools are too much to send. Once they were, they have
// to become clearly fewer: an estimate that wavers must not change every request.
func (o *offer) over(names []string) bool {
	limit := float64(o.maxTokens())
	if o.search {
		limit *= 0.8
	}
	return o.max > 0 && len(names) > o.max || limit > 0 && float64(o.tokensOf(names)) > limit
}

// tokensOf estimates what these tools take of the window.
func (o *offer) tokensOf(names []string) int {
	bytes := 0
	for _, name := range names {
		bytes += o.fits[name].bytes()
	}
	return o.estimate.Tokens(bytes)
}

// named gives the fitted tools of these names, in their order.
func (o *offer) named(names []string) []llm.Tool {
	tools := make([]llm.Tool, 0, len(names))
	for _, name := range names {
		if name == findToolsName {
			tools = append(tools, o.findTools())
			continue
		}
		tools = append(tools, o.fits[name].tool)
	}
	return tools
}

// touch remembers that the model called a tool.
func (o *offer) touch(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tick(name)
}

func (o *offer) tick(name string) {
	o.clock++
	o.used[name] = o.clock
}

// tokensFor estimates the tokens of a request of so many bytes.
func (o *offer) tokensFor(bytes int) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.estimate.Tokens(bytes)
}

// bytesFor is about how many bytes are so many tokens.
func (o *offer) bytesFor(tokens int) int {
	return int(float64(tokens) * 4096 / float64(max(1, o.tokensFor(4096))))
}

// observe learns from a request that was answered: its size in bytes, and the
// tokens that the provider counted.
func (o *offer) observe(bytes, counted int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.revision.Add(1)
	o.estimate.Observe(bytes, counted)
}
