package command

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"switchboard/host"
	"switchboard/host/builtin"
	"switchboard/host/builtin/weather"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/policy"
	"switchboard/host/server"
)

// arrangement is what a command line and the configuration amount to.
type arrangement struct {
	host  host.Options
	guard *server.Guard
	theme string
}

// arrange reads the configuration, picks the model and says how the host is to be
// started. It starts nothing. An error is one of usage or configuration as a
// whole; a fault in one entry becomes a notice.
func arrange(w World, f flags) (arrangement, error) {
	cfg, err := load(w, f)
	if err != nil {
		return arrangement{}, err
	}
	set, err := settled(cfg, f)
	if err != nil {
		return arrangement{}, err
	}
	mode, err := modeOf(f)
	if err != nil {
		return arrangement{}, err
	}
	a := arrangement{guard: server.StartGuard(w.Self, guardCommand), theme: cmp.Or(f.theme, cfg.Theme)}
	a.host = host.Options{
		Servers: set.Servers,
		Server:  server.Options{Guard: a.guard, Version: version()},
		Rules:   set.Rules, Collisions: set.Collisions, CollisionsFlag: f.collisions != "", Tools: set.Tools, Workflows: set.Workflows, MaxSteps: f.maxSteps,
		Mode:        mode,
		SetDisabled: disabler(w, f),
		Notices:     set.Notices,
		StateDir:    stateDir(w),
	}
	if a.host.Grants, err = openGrants(w); err != nil { // there may be a store all the same, an empty one
		a.host.Notices = append(a.host.Notices, host.Notice{Level: host.Warn, Text: clean.Foreign(err.Error())})
	}
	if err := pickModel(w, f, cfg, &a.host); err != nil {
		return arrangement{}, err
	}
	return a, nil
}

// settled is what the configuration and the command line say together.
func settled(cfg config.Config, f flags) (host.Settings, error) {
	rules, err := rulesOf(cfg.Approval, f)
	if err != nil {
		return host.Settings{}, err
	}
	collisions := cfg.Collisions
	if f.collisions != "" {
		if _, err := catalog.ParseStrategy(f.collisions); err != nil {
			return host.Settings{}, fmt.Errorf("--collisions: %w", err)
		}
		collisions.Default = f.collisions
	}
	return host.Settings{
		Servers: cfg.Servers, Rules: rules, Collisions: collisions, Tools: cfg.Tools, Workflows: cfg.Workflows,
		Notices: notices(cfg.Problems),
	}, nil
}

// load reads the configuration. A file that cannot be used as a whole is an error.
func load(w World, f flags) (config.Config, error) {
	cfg := config.Load(config.Paths(f.config, w.Env, config.StandardFile()), w.Env)
	for _, p := range cfg.Problems {
		if p.At.Line == 0 && !p.Warning {
			return cfg, errors.New(p.Error())
		}
	}
	cfg.AddWorkflows(workflowDir())
	entries := cfg.Servers
	cfg.Servers = serversOf(w, cfg)
	adopt(w, &cfg, project(w, f), entries)
	cfg.Problems = append(cfg.Problems, cfg.Collisions.Unknown(cfg.Servers)...)
	return cfg, nil
}

// serversOf are the servers that the configuration amounts to: its own, or else
// the built-in ones.
func serversOf(w World, cfg config.Config) []config.Server {
	if ownServers(cfg.Servers) {
		return cfg.Servers
	}
	return builtinServers(w, cfg.Servers)
}

// ownServers tells whether the configuration brings a server, faulty or not. One
// that only sets a model, or switches a built-in server off, keeps those.
func ownServers(entries []config.Server) bool {
	return slices.ContainsFunc(entries, func(s config.Server) bool {
		return s.Command != "" || s.URL != "" || s.Problem != nil || len(s.Missing) > 0
	})
}

// passedOn are the variables that a built-in server is given where they are set:
// where it keeps its data, how it reaches the network.
var passedOn = []string{
	"XDG_DATA_HOME", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
	weather.WeatherURL, weather.GeocodingURL,
}

// builtinServers are the servers inside this binary, as children of it. An entry
// of the same name may disable one.
func builtinServers(w World, entries []config.Server) []config.Server {
	var env []string
	for _, name := range passedOn {
		if v, set := w.Env(name); set {
			env = append(env, name+"="+v)
		}
	}
	var servers []config.Server
	for _, name := range builtin.Names() {
		entry := named(entries, name)
		servers = append(servers, config.Server{
			Name: name, Command: w.Self, Args: []string{builtinCommand, name}, Env: env,
			Disabled: entry.Disabled, Source: entry.Source, Builtin: true,
		})
	}
	return servers
}

// named gives the entry of a name, the zero value when there is none.
func named(entries []config.Server, name string) config.Server {
	i := slices.IndexFunc(entries, func(s config.Server) bool { return s.Name == name })
	if i < 0 {
		return config.Server{}
	}
	return entries[i]
}

// modeOf reads the mode of the command line.
func modeOf(f flags) (host.Mode, error) {
	if f.mode == "" {
		return host.ModeAsk, nil
	}
	m, err := policy.ParseMode(f.mode)
	if err != nil {
		return m, fmt.Errorf("--mode: %w", err)
	}
	return m, nil
}

// rulesOf joins the rules of the configuration and of the command line.
func rulesOf(a config.Approval, f flags) ([]policy.Rule, error) {
	rules := slices.Concat(a.Allow, a.Ask, a.Deny)
	for _, part := range []struct {
		effect policy.Effect
		source string
		texts  []string
	}{
		{policy.Allow, "--allow", f.allow},
		{policy.Deny, "--deny", f.deny},
	} {
		for _, text := range part.texts {
			r, err := policy.ParseRule(text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", part.source, err)
			}
			r.Effect, r.Source = part.effect, part.source
			rules = append(rules, r)
		}
	}
	return rules, nil
}

// notices tells the person of every fault in the configuration.
func notices(problems []config.Problem) []host.Notice {
	var all []host.Notice
	for _, p := range problems {
		all = append(all, host.Notice{Level: host.Warn, Text: clean.Foreign(p.Error())})
	}
	return all
}
