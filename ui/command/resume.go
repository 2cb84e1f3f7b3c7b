package command

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/host/near"
)

// pickSession is what --resume holds where it names no session.
const pickSession = "?"

// bindResume declares the flags that go on with a session. Where a person can pick
// one, --resume needs no id.
func (f *flags) bindResume(s *pflag.FlagSet, canPick bool) {
	s.BoolVar(&f.goOn, "continue", false, "go on with the last session of this folder")
	s.StringVar(&f.resume, "resume", "", "go on with the session `ID`, or one that begins so")
	if canPick {
		s.Lookup("resume").NoOptDefVal = pickSession
		s.Lookup("resume").Usage += "; without one, pick it from a list"
	}
}

// resumeArgs lets --resume have its id behind a space too.
func resumeArgs(f *flags) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if f.resume == pickSession && len(args) == 1 {
			f.resume = args[0]
			return nil
		}
		return cobra.NoArgs(c, args)
	}
}

// store is where sessions are.
func store(w World) journal.Store { return journal.Store{Dir: host.SessionDir(stateDir(w))} }

// resume fills in the session to go on with.
func resume(w World, f flags, opt *host.Options) error {
	if f.goOn && f.resume != "" {
		return errors.New("--continue and --resume exclude each other")
	}
	switch {
	case f.goOn:
		dir, err := os.Getwd()
		if err != nil {
			return fmt.Errorf("finding the last session of this folder: %w", err)
		}
		id, err := store(w).Latest(dir)
		if err == nil && id == "" {
			opt.Notices = append(opt.Notices, host.Notice{
				Level: host.Info, Text: clean.Foreign("there is no earlier session of this folder: this is the first"),
			})
		}
		opt.Resume = id
		return err
	case f.resume != "" && f.resume != pickSession:
		id, err := findSession(w, f.resume)
		opt.Resume = id
		return err
	}
	return nil
}

// findSession is the one session that begins with prefix, or an error that says
// what was perhaps meant.
func findSession(w World, prefix string) (string, error) {
	id, err := store(w).Find(prefix)
	var unknown *journal.UnknownError
	if !errors.As(err, &unknown) {
		return id, err
	}
	names := func(yield func(spelling, name string) bool) {
		for _, id := range unknown.IDs {
			if !yield(id, id) {
				return
			}
		}
	}
	what := fmt.Sprintf("no session is called %s", clean.Line(prefix))
	if meant := near.Names(prefix, names, 1); len(meant) > 0 {
		return "", fmt.Errorf("%s: did you mean %s?", what, clean.Line(meant[0]))
	}
	return "", fmt.Errorf("%s; switchboard sessions list names them", what)
}
