package server

import (
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"switchboard/host/config"
	"switchboard/host/server/process"
	"switchboard/host/server/record"
)

// Inspect gives all that is known of the server. It takes milliseconds: of a
// process group it reads what the system says of it, at most once a second.
func (s *Server) Inspect() Inspection {
	st, b := s.Status(), s.book
	offers := b.offered()
	i := Inspection{
		Status: st, Launch: b.launch(s.cfg, s.opt), Handshake: b.shookHands(), Process: b.usage(st.PID),
		Calls: b.calls.Stats(), Recent: b.calls.Recent(), Tools: s.Tools(),
		Resources: offers.resources, Templates: offers.templates, Prompts: offers.prompts,
		LogFile: b.file.path,
	}
	i.History, _ = b.history.All()
	i.Log, i.LogDropped = b.log.All()
	i.Wire, i.WireDropped = b.wire.All()
	return i
}

// Revision grows whenever [Server.Inspect] would say something new, the usage of
// the process aside. It costs nothing to ask.
func (s *Server) Revision() uint64 { return s.book.revision.Load() }

// WriteWire writes the recorded traffic as JSON Lines, secrets masked.
func (s *Server) WriteWire(w io.Writer) error {
	_, err := s.book.wire.WriteTo(w)
	return err
}

func (b *book) shookHands() Handshake {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.handshake
}

func (b *book) usage(pid int) ProcessUsage { return ProcessUsage(b.meter.Read(pid)) }

// launch describes how the entry is started. What it says of the look-up is of the
// last start; before one it looks by itself.
func (b *book) launch(cfg config.Server, opt Options) Launch {
	l := Launch{
		Command: b.mask.String(cfg.Command), Dir: cfg.Dir, URL: b.shownURL(cfg.URL), Source: cfg.Source,
		Headers: slices.Sorted(maps.Keys(cfg.Headers)), Args: shownArguments(cfg.Args, b.mask),
		Proposed: cfg.Proposal != nil,
	}
	if cfg.Command == "" {
		return l
	}
	env := opt.environ(cfg)
	for _, nv := range env {
		name, _, _ := strings.Cut(nv, "=")
		l.Env = append(l.Env, name)
	}
	b.mu.Lock()
	search := b.search
	b.mu.Unlock()
	if search.Places == nil {
		search = process.Lookup(cfg.Command, env, cfg.Dir)
	}
	l.Resolved, l.Lookup = search.Path, search.Places
	return l
}

// shownURL is an address without what is secret in it. Short passwords and values
// are hidden here too.
func (b *book) shownURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return b.mask.String(address)
	}
	hide := address
	if password, ok := u.User.Password(); ok && password != "" {
		hide = strings.Replace(hide, ":"+password+"@", ":"+record.Mark+"@", 1)
	}
	for name, values := range u.Query() {
		for _, value := range values {
			if !harmless(name, value) {
				hide = strings.ReplaceAll(hide, fmt.Sprintf("%s=%s", name, value), name+"="+record.Mark)
			}
		}
	}
	return b.mask.String(hide)
}

// CallStats sums up the calls to the server since the program started.
func (s *Server) CallStats() CallStats { return s.book.calls.Stats() }

// Handshake is what the server said of itself last; the zero value before it did.
func (s *Server) Handshake() Handshake { return s.book.shookHands() }
