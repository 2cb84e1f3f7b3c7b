package config

import (
	"cmp"
	"math"
	"slices"

	"github.com/tailscale/hujson"
)

// A reader reads one file and gathers what is wrong with it.
type reader struct {
	part
	file  string
	dir   string // a relative cwd counts from here
	env   Env
	size  int   // of the text, in bytes
	lines []int // where each line begins
	// project is set for a file that a repository may have brought.
	project bool
	slips   []slip
	cut     int // from here on there is nothing but what closes the open brackets
}

// root reads the top level. It is nil when not even a part could be read.
func (r *reader) root(v *hujson.Value) {
	if v == nil {
		return
	}
	root := node{r: r, v: v}
	for _, m := range root.members(`an object such as {"mcpServers": {}}`) {
		r.section(m)
	}
}

func (r *reader) section(m member) {
	if r.project && !projectSections[m.name] && slices.Contains(sectionKeys, m.name) {
		m.warnName("ignored: "+barred, yourOwn)
		return
	}
	switch m.name {
	case "mcpServers":
		for _, entry := range m.members("an object of servers by name") {
			r.servers = append(r.servers, r.server(entry))
		}
	case "model":
		r.model = r.modelSection(m)
	case "models":
		r.readModels(m)
	case "collisions":
		r.readCollisions(m)
	case "tools":
		r.readTools(m)
	case "approval":
		r.readApproval(m)
	case "workflows":
		r.readWorkflows(m)
	case "theme":
		r.theme, _ = m.text()
	default:
		r.unknownSection(m)
	}
}

// finish gives the part, its problems in the order of the text.
func (r *reader) finish() part {
	r.torn = r.tornBy()
	for _, s := range r.slips {
		r.problems = append(r.problems, s.Problem)
	}
	r.rulesLost = len(r.slips) > 0 || slices.ContainsFunc(r.problems, costsRules)
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	r.part.file = r.file
	return r.part
}

// tornBy is the fault behind which nothing of the file is known; nil for none.
func (r *reader) tornBy() *Problem {
	if r.cut < math.MaxInt && len(r.slips) > 0 {
		return &r.slips[len(r.slips)-1].Problem
	}
	for _, p := range r.problems {
		if p.Key == "" && !p.Warning {
			return &p
		}
	}
	return nil
}

// report keeps a problem, unless it stands where the text was cut off: there it
// would be a fault of the closing brackets that we put in.
func (r *reader) report(offset int, p Problem) {
	if offset >= r.cut {
		return
	}
	p.At = r.position(offset)
	r.problems = append(r.problems, p)
}

// firstFault gives the first fault since there were from problems.
func (r *reader) firstFault(from int) *Problem {
	for _, p := range r.problems[from:] {
		if !p.Warning {
			return &p
		}
	}
	return nil
}
