package config

import "switchboard/host/workflow"

// A part is what one file amounts to.
type part struct {
	file       string // empty when it could not be read
	servers    []Server
	model      *modelSection // nil when absent
	models     []modelEntry
	collisions Collisions
	tools      Tools
	approval   Approval
	workflows  []workflow.Workflow
	theme      string
	problems   []Problem
	torn       *Problem // what cost all or the rest of the file; nil for nothing
	rulesLost  bool     // an ask or a deny may have stood where nothing could be read
}

// merge lays the files over each other, the later over the earlier.
func merge(parts []part) Config {
	var c Config
	var models []modelSection
	var entries []modelEntry
	rulesLost := false
	places := map[string]int{} // of the servers, by name
	for _, p := range parts {
		if p.file != "" {
			c.Files = append(c.Files, p.file)
		}
		for _, s := range p.servers {
			if i, known := places[s.Name]; known {
				c.Servers[i] = s
				continue
			}
			places[s.Name] = len(c.Servers)
			c.Servers = append(c.Servers, s)
		}
		if p.model != nil {
			models = append(models, *p.model)
		}
		entries = addModels(entries, p.models)
		c.Collisions.merge(p.collisions)
		c.Tools.merge(p.tools)
		c.Approval.add(p.approval)
		c.Workflows = mergeWorkflows(c.Workflows, p.workflows)
		if p.theme != "" {
			c.Theme = p.theme
		}
		c.Problems = append(c.Problems, p.problems...)
		if p.torn != nil {
			c.Torn = append(c.Torn, *p.torn)
		}
		rulesLost = rulesLost || p.rulesLost
	}
	c.addModels(models, entries)
	if rulesLost {
		c.withholdAllow()
	}
	return c
}

// addModels fills in the models, once all files are read: a section may name an
// entry of a later file.
func (c *Config) addModels(sections []modelSection, entries []modelEntry) {
	named := map[string]modelSection{}
	for _, e := range entries {
		named[e.name] = e.modelSection
		c.Models = append(c.Models, e.model(e.name))
	}
	model, lost := mergeModel(sections, named)
	c.Model = model
	if lost != nil {
		c.Problems = append(c.Problems, *lost)
	}
}

func (a *Approval) add(later Approval) {
	a.Allow = append(a.Allow, later.Allow...)
	a.Ask = append(a.Ask, later.Ask...)
	a.Deny = append(a.Deny, later.Deny...)
}

// withholdAllow drops the allow rules: one of them could let through what a lost
// rule was to stop.
func (c *Config) withholdAllow() {
	if len(c.Approval.Allow) == 0 {
		return
	}
	c.Approval.Allow = nil
	last := c.Problems[len(c.Problems)-1].At
	c.Problems = append(c.Problems, Problem{
		At: Position{File: last.File}, Key: "approval.allow", Warning: true,
		Message: "an ask or deny rule may be among what could not be read, so no allow rule of the configuration holds and every call asks",
		Hint:    "correct the faults above",
	})
}
