package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"switchboard/host/check"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/near"
	"switchboard/host/server"
	"switchboard/ui/plain"
)

const aboutCheck = `Check tries every server of the configuration out, each alone and all at once:
start, handshake, lists of tools, resources and prompts, a look at every tool's
schema, a ping, and a clean stop. It prints the time each stage took, why a
server is not ready, and what models or providers would stumble over.

A disabled server is left out unless it is named, and so is one that a file of
the working directory asks for; it is started only if you consented to it for
good, in the chat. With --json it prints one
object a line for each server.

Exit status: 0 all are ready, 2 wrong usage or configuration, 4 a server is not
ready, 130 interrupted.`

func newCheck(w World, f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "check [flags] [SERVER...]",
		Short: "Try the servers out, each alone",
		Long:  aboutCheck,
		Example: `  switchboard check
  switchboard check --timeout 60s --json github | jq .stages`,
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c.Context(), w, *f, args) },
	}
	c.Flags().BoolVar(&f.json, "json", false, "print one object a server as JSON")
	c.Flags().DurationVar(&f.timeout, "timeout", 0, "how long a server may take to be ready (default 10s, 1m for npx and its like)")
	return c
}

func runCheck(ctx context.Context, w World, f flags, names []string) error {
	cfg, err := load(w, f)
	if err != nil {
		return err
	}
	entries, err := chosen(cfg.Servers, names)
	if err != nil {
		return err
	}
	if passed := proposed(cfg.Servers); len(names) == 0 && len(passed) > 0 {
		fmt.Fprintf(w.Err, "not checked, since a file of this folder asks for it: %s\n", clean.Line(strings.Join(passed, ", ")))
	}
	for _, p := range cfg.Problems {
		fmt.Fprintf(w.Err, "warn: %s\n", p.Error())
	}
	guard := server.StartGuard(w.Self, guardCommand)
	defer guard.Close()
	opt := check.Options{Server: server.Options{Guard: guard, Version: version()}, Timeout: f.timeout}
	show := newProgress(w.Err, len(entries))
	opt.Doing = show.doing
	result := check.Servers(ctx, entries, opt)
	show.clear()
	if f.json {
		plain.CheckedJSON(w.Out, result)
	} else {
		plain.Checked(w.Out, result)
	}
	switch {
	case ctx.Err() != nil:
		return statusError(plain.Interrupted)
	case !result.Ready():
		return statusError(plain.NotReady)
	}
	return nil
}

// chosen gives the entries that are named, or all of the person's own that are not
// disabled.
func chosen(all []config.Server, names []string) ([]config.Server, error) {
	var entries []config.Server
	for _, name := range names {
		s, err := entryOf(all, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(entries, func(e config.Server) bool { return e.Name == name }) {
			entries = append(entries, s)
		}
	}
	if len(names) > 0 {
		return entries, nil
	}
	entries = slices.DeleteFunc(slices.Clone(all), func(s config.Server) bool { return s.Disabled || s.Proposal != nil })
	if len(entries) == 0 {
		return nil, fmt.Errorf("every server is disabled; name one to check it all the same")
	}
	return entries, nil
}

// entryOf finds a server by name, or says which may have been meant.
func entryOf(all []config.Server, name string) (config.Server, error) {
	var names []string
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return config.Server{}, unknownName("server", name, names)
}

// unknownName says that there is no such thing, and what there is.
func unknownName(kind, name string, known []string) error {
	spellings := func(yield func(string, string) bool) {
		for _, k := range known {
			if !yield(strings.ToLower(k), k) {
				return
			}
		}
	}
	said := fmt.Sprintf("there is no %s %q", kind, clean.Line(name))
	if close := near.Names(strings.ToLower(name), spellings, 3); len(close) > 0 {
		return fmt.Errorf("%s; did you mean %s?", said, clean.Line(strings.Join(close, " or ")))
	}
	slices.Sort(known)
	return fmt.Errorf("%s; there are %s", said, ansi.Truncate(clean.Line(strings.Join(known, ", ")), 400, "…"))
}

// A progress shows on one line of a terminal what is going on; elsewhere nothing.
type progress struct {
	out io.Writer // nil where there is no terminal

	mu     sync.Mutex
	all    int
	stages map[string]check.StageName
	order  []string
}

func newProgress(out io.Writer, all int) *progress {
	p := &progress{all: all, stages: map[string]check.StageName{}}
	if file, ok := out.(interface{ Fd() uintptr }); ok && term.IsTerminal(file.Fd()) {
		p.out = out
	}
	return p
}

func (p *progress) doing(server string, stage check.StageName) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stages[server] == "" {
		p.order = append(p.order, server)
	}
	p.stages[server] = stage
	p.draw(p.line())
}

// line is what is going on in one line: how many are through, and the others.
func (p *progress) line() string {
	var busy []string
	for _, name := range p.order {
		if stage := p.stages[name]; stage != check.Stop {
			busy = append(busy, clean.Line(name)+" "+string(stage))
		}
	}
	return fmt.Sprintf("checked %d of %d: %s", len(p.order)-len(busy), p.all, strings.Join(busy, ", "))
}

func (p *progress) draw(line string) {
	if p.out != nil {
		fmt.Fprint(p.out, "\r"+ansi.Truncate(line, 79, "…")+ansi.EraseLineRight)
	}
}

// clear takes the line off the screen.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw("")
}
