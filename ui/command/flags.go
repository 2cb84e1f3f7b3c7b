package command

import (
	"time"

	"github.com/spf13/pflag"
)

// flags are the options of all commands.
type flags struct {
	config     []string
	model      string
	baseURL    string
	offline    bool
	collisions string
	allow      []string
	deny       []string
	mode       string
	theme      string
	maxSteps   int
	timeout    time.Duration
	json       bool
	goOn       bool   // --continue
	resume     string // an id, or [pickSession]
}

// bind declares the flags that every command has.
func (f *flags) bind(s *pflag.FlagSet) {
	s.StringArrayVar(&f.config, "config", nil, "read this configuration `file`; may be repeated, later files win")
	s.StringVar(&f.model, "model", "", "the model's `name`; offline is the built-in word matcher")
	s.StringVar(&f.baseURL, "base-url", "", "an OpenAI-compatible endpoint, such as http://localhost:11434/v1")
	s.BoolVar(&f.offline, "offline", false, "use the built-in word matcher: no key, no network")
	s.StringVar(&f.collisions, "collisions", "", "what to do when servers offer the same tool name: ask, namespace, priority, describe or ask-each-call")
	s.StringArrayVar(&f.allow, "allow", nil, "let the calls to these tools through, as a `rule` such as github/get_*; may be repeated")
	s.StringArrayVar(&f.deny, "deny", nil, "never let the calls to these tools through; beats every allow `rule`")
	s.StringVar(&f.mode, "mode", "", "what happens to calls that no rule decides about: ask, read-only or auto (default ask)")
	s.StringVar(&f.theme, "theme", "", "colours: auto, dark, light, ansi, contrast or none")
	s.IntVar(&f.maxSteps, "max-steps", 0, "how often one turn may ask the model (default 25)")
}

// bindRun declares the flags of a turn without a screen.
func (f *flags) bindRun(s *pflag.FlagSet) {
	s.BoolVar(&f.json, "json", false, "print one event a line as JSON")
	s.DurationVar(&f.timeout, "timeout", 0, "stop the turn after this `duration`, such as 90s (default none)")
}
