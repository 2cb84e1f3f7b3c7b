package server

import (
	"fmt"
	"regexp"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server/process"
)

// broken tells why an entry cannot be used at all.
func broken(cfg config.Server) clean.Text {
	switch {
	case cfg.Problem != nil:
		return clean.Foreign(cfg.Problem.Error())
	case cfg.Command == "" && cfg.URL == "" && !cfg.Disabled:
		return clean.Foreign("the entry names neither a command nor a URL")
	}
	return clean.Text{}
}

// missing tells what the person has to supply before an entry can be started.
func missing(cfg config.Server) clean.Text {
	if len(cfg.Missing) == 0 {
		return clean.Text{}
	}
	return clean.Foreign(fmt.Sprintf("set %s: the configuration needs %s",
		strings.Join(cfg.Missing, " and "), pronoun(len(cfg.Missing))))
}

func pronoun(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

const (
	tailLines   = 40
	maxTail     = 8 << 10
	maxLastWord = 300 // runes of standard error in a reason
)

var (
	colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)
	// trivia are lines that tell nothing: stack frames, code, punctuation, and
	// what Node.js and npm add below every error.
	trivia = regexp.MustCompile(`^(?:\s.*|[\s^~{}()\[\];,.-]*|Node\.js v.*|goroutine \d+ .*|main\..*\(.*\)|exit status \d+|` +
		`npm (?:error|ERR!) A complete log of this run.*|Traceback \(most recent call last\):)$`)
	fault = regexp.MustCompile(`(?i)\b(?:error|fatal|panic|exception|required|missing|denied|cannot|unable|invalid|not found)\b|Error:|Exception:`)
)

// lastWords finds the line on standard error that says best why a process ended.
func lastWords(log *process.Log) string {
	var last, said string
	for _, line := range log.Tail(tailLines) {
		line = colours.ReplaceAllString(line, "")
		if trivia.MatchString(line) {
			continue
		}
		last = line
		if fault.MatchString(line) {
			said = line
		}
	}
	if said == "" {
		said = last
	}
	return cut(strings.TrimSpace(said), maxLastWord)
}

func cut(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes]) + "…"
	}
	return s
}

// because joins what happened and what was said about it.
func because(what, said string) clean.Text {
	if said == "" {
		return clean.Foreign(what)
	}
	return clean.Foreign(what + ": " + said)
}

// logTail is the end of a log as a status shows it, at most 8 KiB.
func logTail(log *process.Log) clean.Text {
	lines := log.Tail(tailLines)
	size := 0
	for i := len(lines) - 1; i >= 0; i-- {
		if size += len(lines[i]) + 1; size > maxTail {
			lines = lines[i+1:]
			break
		}
	}
	return clean.Foreign(colours.ReplaceAllString(strings.Join(lines, "\n"), ""))
}
