package offline

import (
	"fmt"
	"strings"
)

// askWhich leaves the choice between close candidates to the person.
func askWhich(rivals []candidate) string {
	var b strings.Builder
	b.WriteString("More than one tool fits. Say which one by calling it exactly:\n")
	for _, r := range rivals {
		fmt.Fprintf(&b, "\n- `%s`", r.example())
	}
	return b.String()
}

// askFor names the arguments that a call lacks.
func askFor(c candidate) string {
	var names []string
	for _, p := range c.missing {
		names = append(names, p.describe())
	}
	return fmt.Sprintf("%s fits, but the message does not say: %s. For example:\n\n`%s`",
		c.tool.title(), strings.Join(names, ", "), c.example())
}

// describe is the parameter's name with what its schema says about it.
func (p param) describe() string {
	about, _, _ := strings.Cut(p.about, "\n")
	if about = shorten(strings.TrimSuffix(strings.TrimSpace(about), "."), 80); about == "" {
		about = p.kind
	}
	if about == "" {
		return p.name
	}
	return fmt.Sprintf("%s (%s)", p.name, about)
}

// example is the exact form of a call, with made-up values for what is missing.
func (c candidate) example() string {
	out := "/call " + c.tool.address()
	for _, p := range c.tool.params {
		if v, ok := c.args[p.name]; ok {
			out += " " + p.name + "=" + written(v)
		} else if p.required {
			out += " " + p.name + "=" + p.sample()
		}
	}
	return out
}

// written is a value the way /call reads it.
func written(v any) string {
	if s, ok := v.(string); ok && s != "" && !strings.ContainsAny(s, " \t\n\"'") {
		return s
	}
	return string(encode(v))
}

// sample is a value that the parameter would take.
func (p param) sample() string {
	if len(p.choices) > 0 {
		return written(p.choices[0])
	}
	switch p.kind {
	case "number", "integer":
		return "1"
	case "boolean":
		return "true"
	case "array":
		return "[…]"
	case "object":
		return "{…}"
	}
	if s, ok := samples[p.role()]; ok {
		return s
	}
	return `"…"`
}

var samples = map[role]string{
	filePath: "README.md", filePattern: "*.md", address: "https://example.com", formula: `"2*(3+4)"`,
	timeZone: "Europe/Oslo", calendarDate: "2026-03-01", timeOfDay: "15:04", place: "Oslo",
	owner: "octocat", repository: "hello-world",
}
