package preflight

import (
	"fmt"
	"unicode/utf8"

	"switchboard/llm"
)

// lintName finds what is wrong with a tool's name. Nothing can be repaired there:
// the name is the way back to the tool.
func lintName(name string, rules llm.ToolRules) []Finding {
	switch {
	case name == "":
		return []Finding{{Problem: "it has no name"}}
	case rules.MaxName > 0 && len(name) > rules.MaxName:
		return []Finding{{Problem: fmt.Sprintf("its name has %d bytes; %d are taken", len(name), rules.MaxName)}}
	case rules.Names != nil && !rules.Names.MatchString(name):
		return []Finding{{Problem: "its name does not match " + rules.Names.String()}}
	}
	return nil
}

// lintDescription finds what is wrong with a tool's description.
func lintDescription(text string, rules llm.ToolRules) []Finding {
	var findings []Finding
	if !utf8.ValidString(text) {
		findings = append(findings, Finding{"description", "its text is not Unicode", "broken characters replaced"})
	}
	if limit := rules.MaxDescription; limit > 0 && len(text) > limit {
		findings = append(findings, Finding{"description", fmt.Sprintf("it has %d bytes; %d are taken", len(text), limit), "cut"})
	}
	return findings
}
