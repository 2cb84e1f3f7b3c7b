// Package command is the command line: it reads flags and configuration, wires
// the parts together and runs what was asked for.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"switchboard/ui/plain"
)

// Main runs the program and returns its exit status.
func Main() int {
	// SIGHUP too: a terminal that closes must not leave servers behind.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	var interrupt Interrupt
	ctx, rest := interrupt.Watch(ctx)
	defer rest()
	// A library that logs would write over the screen; what matters comes as events.
	slog.SetDefault(slog.New(slog.DiscardHandler))
	w := System()
	w.Interrupt = &interrupt
	return Run(ctx, os.Args[1:], w)
}

// A World is what a command touches outside of this program.
type World struct {
	In       io.Reader
	Out, Err io.Writer
	Env      func(string) (string, bool)
	Self     string // this program's own file, to run the built-in servers
	Dir      string // the working directory, looked through for project files; "" for none
	// Interrupt is held off while a program of the person's own has the terminal;
	// nil where nobody listens to SIGINT.
	Interrupt *Interrupt
}

// System is the world as the process finds it.
func System() World {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // it is gone, and what was in it
	}
	return World{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv, Self: self, Dir: dir}
}

// Run executes one command line and returns its exit status.
func Run(ctx context.Context, args []string, w World) int {
	root := newRoot(w)
	root.SetArgs(args)
	root.SetIn(w.In)
	root.SetOut(w.Out)
	root.SetErr(w.Err)
	err := root.ExecuteContext(ctx)
	var status statusError
	switch {
	case err == nil:
		return plain.Done
	case errors.As(err, &status):
		return int(status)
	}
	fmt.Fprintf(w.Err, "switchboard: %v\n", err)
	return plain.Usage
}

// statusError ends a command with an exit status when all that there is to say
// has been said.
type statusError int

func (s statusError) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

const about = `Switchboard is a terminal chat over many MCP servers at once.

Without a configuration it starts the built-in servers (calculator, clock,
files, notes, weather) and the offline word matcher, so that it works without
a key and without a network. A tool is run when you approve it, unless a rule
allows it.

The configuration is $XDG_CONFIG_HOME/switchboard/config.json, the file that
SWITCHBOARD_CONFIG names, or those given with --config. Its mcpServers section
is the one that Claude Desktop reads. Servers that .mcp.json or .switchboard.json
of the working directory ask for are started when you have consented to each.`

// newRoot builds the tree of commands.
func newRoot(w World) *cobra.Command {
	var f flags
	root := &cobra.Command{
		Use:           "switchboard",
		Short:         "A terminal chat over many MCP servers at once",
		Long:          about,
		Args:          resumeArgs(&f),
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return chat(c.Context(), w, f) },
	}
	f.bind(root.PersistentFlags())
	f.bindResume(root.Flags(), true)
	root.SetVersionTemplate("switchboard {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newRun(w, &f), newCheck(w, &f), newCall(w, &f), newConfig(w, &f), newSessions(w, &f), newBuiltin(w), newGuard(w))
	return root
}

// version is what the build recorded.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}
