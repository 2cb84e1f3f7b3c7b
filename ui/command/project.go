package command

import (
	"cmp"
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/grants"
)

// project reads what the files of the working directory ask for. Those that the
// person names as their own are passed over.
func project(w World, f flags) config.Project {
	if w.Dir == "" {
		return config.Project{}
	}
	return config.LoadProject(w.Dir, w.Env, config.Paths(f.config, w.Env, config.StandardFile())...)
}

// adopt adds what the working directory's files ask for to the configuration.
// Servers that the person consented to in an earlier session may be started; the
// problems say what else there is to know. Entries are those of the person's files.
func adopt(w World, cfg *config.Config, p config.Project, entries []config.Server) {
	cfg.Adopt(p, entries)
	var err error
	var remembered *grants.Store
	for i := range cfg.Servers {
		s := &cfg.Servers[i]
		if s.Proposal == nil {
			continue
		}
		if remembered == nil && err == nil {
			remembered, err = openGrants(w)
		}
		if remembered != nil && remembered.Snapshot().Consented(s.Proposal.Folder, s.Name, s.Proposal.Hash) {
			s.Untrusted = ""
		}
	}
	if err != nil {
		cfg.Problems = append(cfg.Problems, config.Problem{
			At: config.Position{File: grantsPath(w)}, Warning: true, Message: err.Error(),
		})
	}
}

// untrusted are the servers of project files that wait for consent, by the file
// that asks for them.
func untrusted(servers []config.Server) map[string][]string {
	waiting := map[string][]string{}
	for _, s := range servers {
		if s.Proposal != nil && s.Untrusted != "" && !s.Disabled {
			waiting[s.Proposal.File] = append(waiting[s.Proposal.File], s.Name)
		}
	}
	return waiting
}

// strangers says of the servers that wait for consent that they do; then tells
// what the person can do about it.
func strangers(servers []config.Server, then string) []string {
	waiting := untrusted(servers)
	var said []string
	for _, file := range config.ProjectFiles() {
		if names := waiting[file]; len(names) > 0 {
			said = append(said, fmt.Sprintf("%s of this folder asks for %s; nothing of it is started or reached%s",
				file, clean.Line(strings.Join(names, ", ")), then))
		}
	}
	return said
}

// What becomes of servers that wait for consent, where there is a person to give it
// and where there is none.
const (
	untilConsent = " before you consent"
	noConsent    = ": consent to it in the chat, started in this folder"
)

// proposed names the servers that project files ask for, consented to or not.
func proposed(servers []config.Server) []string {
	var names []string
	for _, s := range servers {
		if s.Proposal != nil {
			names = append(names, s.Name)
		}
	}
	return names
}

// strangerNotices tells the person of servers that wait for their consent.
func strangerNotices(servers []config.Server, level host.Level, then string) []host.Notice {
	var all []host.Notice
	for _, text := range strangers(servers, then) {
		all = append(all, host.Notice{Level: level, Text: clean.Foreign(text)})
	}
	return all
}

// project lists the entries of the working directory's files, with what becomes of
// each.
func (s *settings) project(p config.Project, adopted []config.Server) {
	for _, file := range p.Files {
		s.section("servers in " + clean.Line(file) + ", a file of this folder")
		for _, e := range p.Servers {
			if e.Source.File != file {
				continue
			}
			holds := named(adopted, e.Name)
			if holds.Source != e.Source {
				fmt.Fprintf(s.out, "  %s: not used: %s has the same name, and yours comes first\n", clean.Line(e.Name), cmp.Or(whereOf(holds), "a built-in server"))
				continue
			}
			fmt.Fprintf(s.out, "  %s: %s\n", clean.Line(e.Name), s.fate(holds))
			s.launch(holds)
		}
	}
}

// whereOf is where an entry of the person's own stands; "" for nowhere.
func whereOf(s config.Server) string {
	if s.Source.Line == 0 {
		return ""
	}
	return s.Source.String()
}

// projectSources are the files that the working directory holds.
func projectSources(p config.Project) []source {
	var all []source
	for _, file := range p.Files {
		all = append(all, source{from: "working directory", path: file})
	}
	return all
}
