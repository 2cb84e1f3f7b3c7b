package offline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"switchboard/llm"
)

// reply tells what came of the calls, and what was left undone or open. It says
// nothing that is not in a result or in the plan.
func (p plan) reply(t turn, ix *index) string {
	parts := []string{report(t, ix)}
	if t.failed() {
		parts = append(parts, sentence("Because of that, this was not done:", p.undone(t)))
	} else {
		parts = append(parts, p.question)
	}
	parts = append(parts, sentence("No tool fits:", inQuotes(p.unmatched)))
	return paragraphs(parts)
}

// undone lists what was planned behind a call that failed.
func (p plan) undone(t turn) []string {
	var out []string
	for _, s := range p.steps[min(len(t.calls), len(p.steps)):] {
		out = append(out, s.tool.title())
	}
	return append(out, inQuotes(p.pending)...)
}

// report has one paragraph for one call and a list for several.
func report(t turn, ix *index) string {
	var lines []string
	for _, c := range t.calls {
		r, answered := t.results[c.ID]
		lines = append(lines, outcome(ix.title(c.Name), c, r, answered))
	}
	if len(lines) == 1 {
		return lines[0]
	}
	for i, l := range lines {
		lines[i] = "- " + strings.ReplaceAll(l, "\n", "\n  ")
	}
	return strings.Join(lines, "\n")
}

// denial matches what the host tells a model about a call that it did not let
// through, and not a server's own "access denied".
var denial = lazy(`(?i)\bthe (?:user|person) (?:denied|declined|refused|rejected|chose no|did not)\b|\bdenied by (?:the |a )?(?:rule|user|person)\b|\bthe call was not run\b|\bstopped by the (?:user|person)\b`)

// outcome tells how one call ended. One that did not do its work is told with its
// arguments, so that it is plain what was not done.
func outcome(title string, c llm.ToolCall, r llm.ToolResult, answered bool) string {
	text := strings.TrimSpace(r.Text)
	switch {
	case !answered:
		return title + brief(c) + " gave no answer."
	case r.IsError && denial().MatchString(text):
		return title + brief(c) + " was not called:" + body(text)
	case r.IsError:
		return title + brief(c) + " failed:" + body(text)
	case text == "":
		return title + " answered with nothing."
	}
	return title + " answered:" + body(text)
}

// brief is a call's arguments on one line, in brackets.
func brief(c llm.ToolCall) string {
	var pairs []string
	for _, m := range members(c.Arguments) {
		pairs = append(pairs, m.key+"="+string(m.value))
	}
	if len(pairs) == 0 {
		return ""
	}
	const longest = 120
	return " (" + shorten(strings.Join(pairs, ", "), longest) + ")"
}

// The most of a result that a reply repeats; the whole of it stands with the
// call.
const (
	longestResult = 4000 // bytes
	mostLines     = 60
)

// body quotes a result behind a colon: one line as it is, more of them as a block
// that no markdown in it can break out of.
func body(text string) string {
	if !strings.Contains(text, "\n") && len(text) <= longestResult {
		return " " + text
	}
	lines := strings.Split(shorten(text, longestResult), "\n")
	if len(lines) > mostLines {
		lines = append(lines[:mostLines:mostLines], "…")
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return "\n\n" + fence + "\n" + strings.Join(lines, "\n") + "\n" + fence
}

// shorten cuts s to at most limit bytes, between characters, and marks the cut.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	end := limit - len("…")
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// title names a tool that was called, also when it is no longer offered.
func (ix *index) title(name string) string {
	for _, t := range ix.tools {
		if t.Name == name {
			return t.title()
		}
	}
	return name
}

func sentence(opening string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	return opening + " " + strings.Join(items, ", ") + "."
}

func inQuotes(texts []string) []string {
	var out []string
	for _, s := range texts {
		out = append(out, fmt.Sprintf("“%s”", s))
	}
	return out
}

func paragraphs(parts []string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n")
}
