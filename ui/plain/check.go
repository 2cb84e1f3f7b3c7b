package plain

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host/check"
	"switchboard/host/server"
	"switchboard/ui/amount"
)

// tableWidth is how many columns the report of a check takes at most.
const tableWidth = 80

// stderrLines is how much of a failed server's last words is shown.
const stderrLines = 5

// Checked prints what a check of servers came to as a table, followed by what went
// wrong and what is to be said of tools.
func Checked(out io.Writer, r check.Result) {
	p := report{out: out}
	p.table(r.Servers)
	for _, s := range r.Servers {
		if !s.Ready {
			p.failure(s)
		}
	}
	mended := 0
	for _, s := range r.Servers {
		mended += p.problems(s)
	}
	p.collisions(r.Collisions)
	if mended > 0 {
		fmt.Fprintf(p.out, "\n%s mended for some providers; --json lists how\n", amount.Count(mended, "schema"))
	}
	p.verdict(r.Servers)
}

// A report prints lines that fit into the width of the table.
type report struct{ out io.Writer }

// wrapped prints a text below an indentation.
func (p report) wrapped(indent int, text string) {
	space := strings.Repeat(" ", indent)
	for line := range strings.Lines(ansi.Wrap(text, tableWidth-indent, "/,")) {
		fmt.Fprintf(p.out, "%s%s\n", space, strings.TrimRight(line, " \n"))
	}
}

func (p report) table(servers []check.Report) {
	rows := [][]string{{"server", "state", "start", "hello", "lists", "ping", "stop", "tools", "tokens"}}
	for _, s := range servers {
		rows = append(rows, []string{
			clean(s.Server), verdict(s), took(s, check.Start), took(s, check.Handshake),
			took(s, check.Tools, check.Resources, check.Templates, check.Prompts), took(s, check.Ping), took(s, check.Stop),
			amount.Group(len(s.Tools)), amount.Group(s.Tokens()),
		})
	}
	widths := columns(rows)
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			cell = ansi.Truncate(cell, widths[i], "…")
			space := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
			switch {
			case i == 0:
				line.WriteString(cell + space)
			case i == 1:
				line.WriteString("  " + cell + space)
			default:
				line.WriteString("  " + space + cell)
			}
		}
		fmt.Fprintln(p.out, strings.TrimRight(line.String(), " "))
	}
}

// columns gives the width of each column: what its widest cell needs, but for the
// first, which gives way when there is not room for all.
func columns(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	room := tableWidth
	for _, w := range widths[1:] {
		room -= w + 2
	}
	widths[0] = min(widths[0], max(room, 8))
	return widths
}

// verdict is the state of a server in the table.
func verdict(s check.Report) string {
	if !s.Ready && s.State.Callable() {
		return "no answer"
	}
	return string(s.State)
}

// took adds up stages; a dash stands for those it did not come to.
func took(s check.Report, names ...check.StageName) string {
	var sum time.Duration
	any := false
	for _, name := range names {
		stage, ok := s.Stage(name)
		if !ok {
			continue
		}
		if !stage.OK {
			return "failed"
		}
		any = true
		sum += stage.Took
	}
	if !any {
		return "-"
	}
	return amount.Latency(sum)
}

// failure says why a server is not ready, in which stage, and what it printed last.
func (p report) failure(s check.Report) {
	fmt.Fprintln(p.out)
	at := ""
	for _, stage := range s.Stages {
		if !stage.OK {
			at = " at its " + string(stage.Name)
			break
		}
	}
	p.wrapped(0, fmt.Sprintf("%s: %s%s", clean(s.Server), stateWords(s.State), at))
	p.wrapped(2, s.Reason.Line())
	lines := strings.Split(strings.TrimRight(s.Stderr.Block(), "\n"), "\n")
	for _, line := range lines[max(0, len(lines)-stderrLines):] {
		if line != "" {
			fmt.Fprintln(p.out, ansi.Truncate("  | "+line, tableWidth, "…"))
		}
	}
}

func stateWords(s server.State) string {
	switch s {
	case server.NeedsYou:
		return "needs you"
	case server.Untrusted:
		return "waits for your consent"
	}
	return "failed"
}

// problems lists what is to be said of a server and its tools; what was only
// mended is counted.
func (p report) problems(s check.Report) (mended int) {
	var lines []string
	for _, problem := range s.Problems {
		lines = append(lines, problem.Text.Line())
	}
	for _, tool := range s.Tools {
		notes := 0
		for _, problem := range tool.Problems {
			if problem.Level == check.Note {
				notes++
				continue
			}
			lines = append(lines, clean(tool.Name)+": "+problem.Text.Line())
		}
		mended += min(notes, 1)
	}
	if len(lines) == 0 {
		return mended
	}
	fmt.Fprintf(p.out, "\n%s\n", ansi.Truncate(clean(s.Server), tableWidth, "…"))
	for _, line := range lines {
		p.wrapped(2, line)
	}
	return mended
}

func (p report) collisions(all []check.Collision) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(p.out, "\nOffered by several servers; --collisions says what becomes of them")
	for _, c := range all {
		var names []string
		for _, s := range c.Servers {
			names = append(names, clean(s))
		}
		p.wrapped(2, clean(c.Tool)+": "+strings.Join(names, ", "))
	}
}

func (p report) verdict(servers []check.Report) {
	ready := 0
	for _, s := range servers {
		if s.Ready {
			ready++
		}
	}
	fmt.Fprintf(p.out, "\n%s of %s ready\n", amount.Group(ready), amount.Count(len(servers), "server"))
}
