package config

import (
	"slices"
	"strings"

	"switchboard/host/policy"
)

// collisionChoices are the choices that need no server's name.
var collisionChoices = []string{"ask", "namespace", "ask-each-call"}

// readCollisions reads the section "collisions".
func (r *reader) readCollisions(m member) {
	for _, field := range m.members("an object") {
		switch field.name {
		case "default":
			r.collisions.Default, _ = field.choice(collisionChoices...)
		case "tools":
			r.collisions.Tools = readCollisionTools(field)
		default:
			field.unknown(collisionKeys, nil)
		}
	}
}

func readCollisionTools(m member) map[string]string {
	tools := map[string]string{}
	for _, tool := range m.members("an object of choices by tool") {
		s, ok := tool.text()
		server, fixed := strings.CutPrefix(s, "server:")
		switch {
		case !ok:
		case tool.name == "":
			tool.faultName("the tool has no name", "")
		case slices.Contains(collisionChoices, s), fixed && server != "":
			tools[tool.name] = s
		default:
			expected := oneOf(append(slices.Clone(collisionChoices), "server:NAME"))
			tool.fault("expected "+expected+", found "+quoted(s), didYouMean(s, collisionChoices))
		}
	}
	return tools
}

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
