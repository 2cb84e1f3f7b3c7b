package transcript

import (
	"switchboard/ui/amount"
	"switchboard/ui/transcript/flow"
)

// details are the arguments and the result of an unfolded call, behind a rule.
func (c *call) details(p *pen) []string {
	lines := c.argumentLines(p)
	if c.state == finished {
		if len(lines) > 0 {
			lines = append(lines, flow.Paint(p.faint, "│"))
		}
		lines = append(lines, c.resultLines(p, c.limit)...)
	}
	return lines
}

func (c *call) argumentLines(p *pen) []string {
	most, each := maxArguments, valueLines
	if c.form == whole {
		most, each = len(c.arguments), max(c.limit, valueLines)
	}
	column := c.keyColumn(p)
	var lines []string
	for i, a := range c.arguments {
		if i == most {
			c.hidden = true
			lines = append(lines, flow.Paint(p.faint, "… "+amount.Count(len(c.arguments)-most, "more argument")))
			break
		}
		value, all := a.lines(p, column, p.detail(), each)
		c.hidden = c.hidden || !all
		lines = append(lines, value...)
	}
	return ruled(p, lines)
}

// keyColumn is how wide the keys' column is, with the space after it.
func (c *call) keyColumn(p *pen) int {
	widest := 0
	for _, a := range c.arguments[:min(len(c.arguments), maxArguments)] {
		widest = max(widest, flow.Cells(a.key))
	}
	if widest == 0 {
		return 0
	}
	return min(widest, keyColumn, p.detail()/2) + 2
}

// resultLines are the first limit lines of the result, and how many more there
// are.
func (c *call) resultLines(p *pen, limit int) []string {
	if c.result == "" {
		return ruled(p, []string{flow.Paint(p.faint, flow.Cut("no text came back", p.detail()))})
	}
	c.sheet.fill(c.result, "", p.detail(), limit)
	lines, more := c.sheet.shown(limit)
	lines = append([]string(nil), lines...)
	if more != "" {
		c.hidden = true
		lines = append(lines, flow.Paint(p.faint, flow.Cut("… "+more, p.detail())))
	}
	return ruled(p, lines)
}

// detail is the width of what stands behind a rule.
func (p *pen) detail() int { return max(p.width-2, 1) }

func ruled(p *pen, lines []string) []string {
	for i, line := range lines {
		if line == "" {
			lines[i] = flow.Paint(p.faint, "│")
			continue
		}
		lines[i] = p.rule + line
	}
	return lines
}
