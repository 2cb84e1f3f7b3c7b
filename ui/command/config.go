package command

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/ui/plain"
)

const aboutConfig = `Config tells which configuration files are looked at and what they amount to. It
starts no server and asks no model.`

const aboutShow = `Show lists every entry of every file with what becomes of it and why, then the
other sections as they hold after all files, then all that is wrong, each with its
place. Secrets are masked: of an environment or a header it shows the names.

Exit status: 0, or 2 when something in the files is at fault.`

func newConfig(w World, f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Which configuration holds, and why",
		Long:  aboutConfig,
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:   "path",
		Short: "The files that are looked at, and which exist",
		Args:  cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			showPaths(w.Out, append(sources(w, *f), projectSources(project(w, *f))...))
		},
	}, &cobra.Command{
		Use:   "show",
		Short: "What every file amounts to, with the reason for each decision",
		Long:  aboutShow,
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return showConfig(w, *f) },
	})
	return c
}

// A source is a place where a configuration may lie.
type source struct {
	from, path string
	passed     string // why it is not looked at; "" when it is
}

// sources lists all places, those that are passed over included.
func sources(w World, f flags) []source {
	var all []source
	for _, path := range f.config {
		all = append(all, source{from: "--config", path: path})
	}
	passed := ""
	if len(all) > 0 {
		passed = "not looked at: --config comes first"
	}
	if path, _ := w.Env("SWITCHBOARD_CONFIG"); path != "" {
		all = append(all, source{"SWITCHBOARD_CONFIG", path, passed})
		if passed == "" {
			passed = "not looked at: SWITCHBOARD_CONFIG comes first"
		}
	}
	return append(all, source{"standard", config.StandardFile(), passed})
}

// state says whether a source is there to be read.
func (s source) state() string {
	if s.passed != "" {
		return s.passed
	}
	file, err := os.Open(s.path)
	if err == nil {
		_ = file.Close()
		return "read"
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "not there"
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return "cannot be read: " + err.Error()
}

func showPaths(out io.Writer, all []source) {
	for _, s := range all {
		fmt.Fprintf(out, "%-18s  %s  (%s)\n", s.from, clean.Line(s.path), s.state())
	}
}

func showConfig(w World, f flags) error {
	files := config.Paths(f.config, w.Env, config.StandardFile())
	cfg := config.Load(files, w.Env)
	s := settings{out: w.Out, merged: cfg, builtin: !ownServers(cfg.Servers)}
	proposed := project(w, f)
	cfg.Servers = serversOf(w, cfg)
	adopt(w, &cfg, proposed, s.merged.Servers)
	cfg.Problems = append(cfg.Problems, cfg.Collisions.Unknown(cfg.Servers)...)
	s.merged.Approval = cfg.Approval
	s.section("files")
	showPaths(indented{w.Out}, append(sources(w, f), projectSources(proposed)...))
	for _, file := range files {
		s.file(file, config.Load([]string{file}, w.Env).Servers)
	}
	s.project(proposed, cfg.Servers)
	s.builtins(cfg.Servers)
	s.model()
	s.collisions()
	s.approval()
	s.theme()
	if s.problems(cfg.Problems) {
		return statusError(plain.Usage)
	}
	return nil
}

// indented writes lines below a heading.
type indented struct{ out io.Writer }

// Write takes whole lines.
func (i indented) Write(line []byte) (int, error) {
	if _, err := io.WriteString(i.out, "  "); err != nil {
		return 0, err
	}
	return i.out.Write(line)
}
