package config

import (
	"regexp"
	"slices"
	"strings"
)

var (
	variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(:-[^}]*)?\}`)
	// foreignVariable is how other clients write the same: ${env:NAME},
	// ${input:name}, ${env://NAME}.
	foreignVariable = regexp.MustCompile(`\$\{(?:env|input):(?://)?([A-Za-z_][A-Za-z0-9_]*)`)
)

// A filled text has its variables replaced.
type filled struct {
	text    string
	missing []string // not set and without a default; nothing stands in their place
	empty   []string // set to nothing
}

// fill replaces ${VAR} and ${VAR:-default}. Values are not looked through again.
func fill(s string, env Env) filled {
	var f filled
	f.text = variable.ReplaceAllStringFunc(s, func(match string) string {
		name, fallback, hasFallback := strings.Cut(match[2:len(match)-1], ":-")
		value, set := env(name)
		switch {
		case set && value == "":
			f.empty = append(f.empty, name)
		case !set && hasFallback:
			return fallback
		case !set:
			f.missing = append(f.missing, name)
		}
		return value
	})
	return f
}

// A slot is a string in which variables are filled in.
type slot struct {
	missing *[]string // of the entry, takes those of this string too
	// mayBeEmpty allows a variable that is set to nothing without a word.
	mayBeEmpty bool
}

// read gives the node's text, filled; complete is false when a variable is
// missing, and the text is then not to be judged.
func (s slot) read(n node) (text string, complete, ok bool) {
	raw, ok := n.textOr("a string", quoteHint(n))
	if !ok {
		return "", false, false
	}
	if m := foreignVariable.FindStringSubmatch(raw); m != nil {
		n.fault("variables are not written like this here", "write ${"+m[1]+"}")
		return "", false, false
	}
	n.remark(raw)
	f := fill(raw, n.r.env)
	if strings.ContainsRune(f.text, 0) {
		n.fault("contains a NUL character, which no program can be given", "")
		return "", false, false
	}
	s.note(n, f)
	return f.text, len(f.missing) == 0, true
}

// remark warns of what is probably not meant in a text before it is filled.
func (n node) remark(raw string) {
	if looksSecret(raw) {
		n.warn("looks like a secret written into the file", "write ${NAME} here and set NAME in the environment")
	}
	if strings.Contains(variable.ReplaceAllString(raw, " "), "${") {
		n.warn("a ${ that begins no variable is passed on as it is", "variables are written ${NAME} or ${NAME:-default}")
	}
}

func (s slot) note(n node, f filled) {
	for _, name := range f.missing {
		if !slices.Contains(*s.missing, name) {
			*s.missing = append(*s.missing, name)
		}
	}
	if len(f.empty) > 0 && !s.mayBeEmpty {
		n.warn("the variable "+f.empty[0]+" is set but empty", "")
	}
}

// quoteHint helps those who wrote a number or a truth value bare.
func quoteHint(n node) string {
	switch n.v.Value.Kind() {
	case '0', 't', 'f':
		return "put it in double quotes"
	}
	return ""
}

// trimmed leaves out white space around a text that can have none, with a warning.
func (n node) trimmed(s string) string {
	t := strings.TrimSpace(s)
	if t != s {
		n.warn("leading or trailing white space is ignored", "")
	}
	return t
}
