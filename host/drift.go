package host

import (
	"context"
	"fmt"
	"strings"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
)

// A drift is how what a server says of itself, its instructions and its prompts,
// differs from what the person accepted. Such a server is new again until it is
// promoted. The zero value is none.
type drift struct {
	words        []string // what differs
	instructions []catalog.Segment
}

// drifted tells the loop what was found of a server.
type drifted struct {
	server string
	drift  drift
}

// ofItself lists what the server says of itself besides its tools.
func (m *member) ofItself() []grants.Definition {
	all := []grants.Definition{grants.OfInstructions(m.Handshake().Instructions.Raw())}
	for _, p := range m.Prompts() {
		all = append(all, grants.OfPrompt(p))
	}
	return all
}

// pin compares what a server offers with what was accepted of it. What is new is
// accepted at first sight; what changed is told, and waits for the person's word.
// What is part of this program changes with it.
func (l *loop) pin(ctx context.Context, m *member) {
	if m.builtin {
		return
	}
	tools := l.tools[m.entry.Name]
	l.keeper.do(ctx, "remembering what "+m.entry.Name+" offers", func(ctx context.Context) error {
		definitions := m.ofItself()
		for _, t := range tools {
			definitions = append(definitions, grants.OfTool(t))
		}
		return l.h.pinned(ctx, m, definitions)
	})
}

// pinAll looks at all servers that answer: prompts come after the tools, and
// instructions may change with a restart.
func (l *loop) pinAll(ctx context.Context) {
	for _, m := range l.h.fleet.all() {
		if m.Status().State.Callable() {
			l.pin(ctx, m)
		}
	}
}

// pinned is the work of pin.
func (h *Host) pinned(ctx context.Context, m *member, definitions []grants.Definition) error {
	var fresh []grants.Definition
	var found drift
	var tools []string
	for _, d := range definitions {
		k := h.opt.Grants.Check(m.identity, d)
		kind, name, _ := strings.Cut(d.Subject, "/")
		switch {
		case k.State == grants.Unchanged:
		case k.State == grants.New:
			fresh = append(fresh, d)
		case kind == "tool":
			tools = append(tools, fmt.Sprintf("%s (%s)", clean.Line(name), strings.Join(toolWords(m.entry.Name, k.Old, d), ", ")))
		default:
			found.words = append(found.words, clean.Line(strings.TrimSpace(kind+" "+name)))
			if kind == "instructions" {
				before, _ := k.Old.Text()
				found.instructions = catalog.Words(before, m.Handshake().Instructions)
			}
		}
	}
	h.mail.put(drifted{m.entry.Name, found})
	if len(tools) > 0 {
		h.mail.put(toolsChanged{m.entry.Name, strings.Join(tools, "; ")})
	}
	if len(fresh) == 0 {
		return nil
	}
	return h.opt.Grants.Accept(ctx, m.identity, m.entry.Name, time.Now(), fresh...)
}

// toolsChanged tells the loop of tools whose definitions are others than accepted.
type toolsChanged struct{ server, what string }

// toolWords names what changed in a tool's definition.
func toolWords(server string, old, now grants.Definition) []string {
	tool, ok := now.Tool(server)
	if !ok {
		return []string{"definition"}
	}
	return words(changesOf(old, tool))
}

// follow takes over what was found of a server, and tells of it once.
func (l *loop) follow(ctx context.Context, d drifted) {
	before := l.drifts[d.server]
	if d.drift.words == nil {
		delete(l.drifts, d.server)
	} else {
		l.drifts[d.server] = d.drift
	}
	if now := strings.Join(d.drift.words, ", "); now != strings.Join(before.words, ", ") {
		if now != "" {
			l.h.warn(fmt.Sprintf("%s says other things of itself than when you accepted it (%s); it is new again, and every call asks until you promote it", clean.Line(d.server), now))
		}
		l.hang(ctx)
	}
}

// warnOfTools tells once of definitions that changed.
func (l *loop) warnOfTools(c toolsChanged) {
	if l.toldTools[c] {
		return
	}
	l.toldTools[c] = true
	l.h.warn(fmt.Sprintf("%s changed the definition of %s; what you allowed for it does not hold until you approve it as it is now", clean.Line(c.server), c.what))
}
