package command

import (
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"switchboard/host/builtin"
	"switchboard/host/server"
)

// The hidden commands are this program as a child of itself.
const (
	builtinCommand = "builtin"
	guardCommand   = "guard"
)

// newBuiltin is a built-in MCP server on standard input and output.
func newBuiltin(w World) *cobra.Command {
	return &cobra.Command{
		Use:       builtinCommand + " NAME",
		Short:     "A built-in MCP server on standard input and output",
		Hidden:    true,
		Args:      cobra.ExactArgs(1),
		ValidArgs: builtin.Names(),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := os.Getwd()
			if err != nil {
				return err
			}
			return builtin.Serve(c.Context(), args[0], builtin.Options{
				Stdin: w.In, Stdout: w.Out, Stderr: w.Err,
				Dir: dir, DataDir: dataDir(), Version: version(),
				Getenv: func(name string) string { v, _ := w.Env(name); return v },
			})
		},
	}
}

// dataDir is where the built-in servers keep what people tell them.
func dataDir() string { return filepath.Join(xdg.DataHome, "switchboard") }

// stateDir is where logs, sessions and the like are kept.
func stateDir(w World) string {
	home := xdg.StateHome
	if dir, set := w.Env("XDG_STATE_HOME"); set && filepath.IsAbs(dir) {
		home = dir
	}
	return filepath.Join(home, "switchboard")
}

// newGuard ends our servers when the program that started it is gone.
func newGuard(w World) *cobra.Command {
	return &cobra.Command{
		Use:    guardCommand,
		Short:  "Ends the servers of a Switchboard that was killed",
		Hidden: true,
		Args:   cobra.NoArgs,
		Run:    func(*cobra.Command, []string) { server.GuardMain(w.In) },
	}
}
