package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"switchboard/host/policy"
)

// readApproval reads the section "approval".
func (r *reader) readApproval(m member) {
	for _, field := range m.members(`an object with "allow", "ask" or "deny"`) {
		switch field.name {
		case "allow":
			if r.project {
				field.warnName("ignored: "+barred+"; only its ask and deny hold", yourOwn)
				continue
			}
			r.approval.Allow = readRules(field, policy.Allow)
		case "ask":
			r.approval.Ask = readRules(field, policy.Ask)
		case "deny":
			r.approval.Deny = readRules(field, policy.Deny)
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

// readRules gives the rules that policy can read, each with its place.
func readRules(m member, effect policy.Effect) []policy.Rule {
	var rules []policy.Rule
	for _, n := range m.elements("a list of rules", `write ["server/tool"]`) {
		s, ok := n.text()
		if !ok {
			continue
		}
		rule, err := policy.ParseRule(s)
		if err != nil {
			n.fault(err.Error(), "")
			continue
		}
		at := n.r.position(n.v.StartOffset)
		rule.Effect, rule.Project = effect, n.r.project
		rule.Source = fmt.Sprintf("%s:%d:%d", shown(filepath.Base(at.File)), at.Line, at.Column)
		rules = append(rules, rule)
	}
	return rules
}
