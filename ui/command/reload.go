package command

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/config/watch"
)

// reloadable has the host read the configuration again, on demand and when one of
// its files changes.
func reloadable(w World, f flags, o *host.Options) {
	o.Reload = func() (host.Settings, error) { return reread(w, f) }
	o.Watch = func(ctx context.Context, changed func()) error {
		return watch.Files(ctx, func() []string { return watched(w, f) }, changed)
	}
}

// reread reads the configuration as at start. A file of which a part is not known
// is an error: what it does not seem to hold any more is perhaps still there.
func reread(w World, f flags) (host.Settings, error) {
	cfg, err := load(w, f)
	if err != nil {
		return host.Settings{}, err
	}
	if len(cfg.Torn) > 0 {
		return host.Settings{}, errors.New(cfg.Torn[0].Error())
	}
	set, err := settled(cfg, f)
	set.Notices = append(set.Notices, strangerNotices(set.Servers, host.Info, untilConsent)...)
	return set, err
}

// watched are the files that the configuration is read from, whether they exist or
// not.
func watched(w World, f flags) []string {
	files := config.Paths(f.config, w.Env, config.StandardFile())
	if len(files) == 0 {
		files = []string{config.StandardFile()}
	}
	files = append(files[:len(files):len(files)], workflowDir())
	if w.Dir != "" {
		for _, name := range config.ProjectFiles() {
			files = append(files, filepath.Join(w.Dir, name))
		}
	}
	return files
}

// workflowDir is where workflows lie that have a file of their own.
func workflowDir() string { return filepath.Join(filepath.Dir(config.StandardFile()), "workflows") }

// disabler writes into the configuration whether a server is disabled: into the
// file that its entry stands in now, or, for a built-in server without one and for
// one of a project file, the last of the person's own files that is read.
func disabler(w World, f flags) func(string, bool) error {
	return func(name string, disabled bool) error {
		cfg, err := load(w, f)
		if err != nil {
			return err
		}
		last := config.StandardFile()
		if files := config.Paths(f.config, w.Env, last); len(files) > 0 {
			last = files[len(files)-1]
		}
		s := named(cfg.Servers, name)
		switch {
		case s.Proposal != nil:
			return config.SetBuiltinDisabled(last, name, disabled)
		case s.Builtin:
			return config.SetBuiltinDisabled(cmp.Or(s.Source.File, last), name, disabled)
		}
		return config.SetDisabled(s.Source.File, name, disabled)
	}
}
