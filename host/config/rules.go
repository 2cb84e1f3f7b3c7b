package config

import (
	"strings"

	"switchboard/host/policy"
)

// readApproval reads the section "approval".
func (r *reader) readApproval(m member) {
	for _, field := range m.members(`an object with "allow", "ask" or "deny"`) {
		switch field.name {
		case "allow":
			r.approval.Allow = readRules(field)
		case "ask":
			r.approval.Ask = readRules(field)
		case "deny":
			r.approval.Deny = readRules(field)
		default:
			field.unknown(approvalKeys, nil)
		}
	}
}

// costsRules tells whether a problem may have cost an ask or a deny.
func costsRules(p Problem) bool {
	section, _, _ := strings.Cut(p.Key, ".")
	return nearest(section, sectionKeys) == "approval" && !strings.HasPrefix(p.Key, "approval.allow")
}

// readRules gives the rules that policy can read, as they are written.
func readRules(m member) []string {
	var rules []string
	for _, n := range m.elements("a list of rules", `write ["server/tool"]`) {
		s, ok := n.text()
		if !ok {
			continue
		}
		if _, err := policy.ParseRule(s); err != nil {
			n.fault(err.Error(), "")
			continue
		}
		rules = append(rules, s)
	}
	return rules
}
