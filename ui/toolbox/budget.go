package toolbox

import (
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/ui/amount"
)

// budget says how much room the tools take: "41 tools, about 9,800 tokens, 5 % of
// the window; find_tools stands in for 260".
func budget(b host.Budget) string {
	said := amount.Count(b.Tools, "tool") + ", about " + amount.Count(b.Tokens, "token")
	if b.Window > 0 {
		said += fmt.Sprintf(", %s of the window", percent(b.Tokens, b.Window))
	}
	switch {
	case b.Rest > 0:
		said += "; find_tools stands in for " + amount.Group(b.Rest)
		if b.Found > 0 {
			said += " and found " + amount.Group(b.Found)
		}
	case b.Searching:
		said += "; too much to send: find_tools will stand in for most"
	}
	return said
}

// brief is the same for a narrow screen.
func brief(b host.Budget) string {
	said := amount.Count(b.Tools, "tool") + ", ~" + amount.Short(b.Tokens) + " tokens"
	if b.Window > 0 {
		said += ", " + percent(b.Tokens, b.Window)
	}
	if b.Rest > 0 {
		said += "; " + amount.Group(b.Rest) + " by find_tools"
	}
	return said
}

// limits says what the budget is; "" when there is none.
func limits(b host.Budget) string {
	var said []string
	if b.MaxTools > 0 {
		said = append(said, amount.Count(b.MaxTools, "tool"))
	}
	if b.MaxTokens > 0 {
		said = append(said, amount.Count(b.MaxTokens, "token"))
	}
	if len(said) == 0 {
		return ""
	}
	return "budget " + strings.Join(said, ", ")
}

// percent is a share in whole percent, "under 1 %" for less.
func percent(part, whole int) string {
	if n := part * 100 / whole; n > 0 || part == 0 {
		return fmt.Sprintf("%d %%", n)
	}
	return "under 1 %"
}

// tally sums up what is worth a look: what was never called, set aside, turned off
// or repaired; and what servers bring beside tools.
func tally(l host.ToolsListed) string {
	var never, aside, off, repaired int
	for _, t := range l.Tools {
		switch {
		case t.Off:
			off++
		case isAside(t):
			aside++
		case t.Calls == 0:
			never++
		}
		if len(t.Repairs) > 0 {
			repaired++
		}
	}
	var resources, templates, prompts int
	for _, s := range l.Servers {
		resources, templates, prompts = resources+s.Resources, templates+s.Templates, prompts+s.Prompts
	}
	var said []string
	for _, part := range []struct {
		n    int
		word string
	}{{never, "never called"}, {aside, "set aside"}, {off, "off"}, {repaired, "repaired"}} {
		if part.n > 0 {
			said = append(said, amount.Group(part.n)+" "+part.word)
		}
	}
	return strings.Join(append(said, beside(resources, templates, prompts)...), " · ")
}

// beside counts what servers bring that is no tool.
func beside(resources, templates, prompts int) []string {
	var said []string
	for _, part := range []struct {
		n    int
		noun string
	}{{resources, "resource"}, {templates, "template"}, {prompts, "prompt"}} {
		if part.n > 0 {
			said = append(said, amount.Count(part.n, part.noun))
		}
	}
	return said
}

// isAside tells whether a tool is not sent because something is wrong with it.
func isAside(t host.ToolInfo) bool { return strings.HasPrefix(t.Why, "set aside") }
