package inspector

import (
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// maxInstructions bounds how much of a server's instructions is shown, in bytes.
const maxInstructions = 16 << 10

// launch is how the server is started or reached.
func (o *overview) launch(s *sheet) {
	l := o.data.Launch
	if l.Command == "" && l.URL == "" {
		return
	}
	s.heading("how it is started")
	if l.URL != "" {
		s.lines[len(s.lines)-1] = s.theme.Strong.Render("how it is reached")
	}
	s.fact("URL", clean.Line(l.URL))
	s.fact("command", commandLine(l))
	s.fact("found as", clean.Line(l.Resolved))
	s.fact("folder", clean.Line(l.Dir))
	lookup(s, l.Lookup)
	s.fact("environment", names(l.Env))
	s.fact("headers", names(l.Headers))
	if l.Source.File != "" {
		s.fact("entry", clean.Line(l.Source.String()))
	}
	s.fact("log file", clean.Line(o.data.LogFile))
}

// lookup is how the program was looked for, a place a line.
func lookup(s *sheet, places []string) {
	name := "looked in"
	for _, p := range places {
		s.fact(name, clean.Line(p))
		name = " "
	}
}

func commandLine(l host.ServerLaunch) string {
	if l.Command == "" {
		return ""
	}
	words := []string{word(l.Command)}
	for _, a := range l.Args {
		words = append(words, word(a))
	}
	return strings.Join(words, " ")
}

// word is one word of a command line, in quotes where a shell would need them.
func word(s string) string {
	if s == "" || strings.ContainsAny(s, " \t\n\"'\\$&|;<>()*?`") {
		return "'" + clean.Line(strings.ReplaceAll(s, "'", `'\''`)) + "'"
	}
	return clean.Line(s)
}

func names(list []string) string {
	shown := make([]string, len(list))
	for i, n := range list {
		shown[i] = clean.Line(n)
	}
	return strings.Join(shown, ", ")
}

// handshake is what the server said of itself.
func (o *overview) handshake(s *sheet) {
	h := o.data.Handshake
	protocol := h.Protocol
	if protocol == "" {
		protocol = o.data.Status.Protocol
	}
	if protocol == "" && h.Name.Empty() {
		return
	}
	s.heading("what it said of itself")
	s.fact("server", strings.TrimSpace(h.Name.Line()+" "+h.Version.Line()))
	s.fact("title", h.Title.Line())
	if protocol != "" {
		s.fact("protocol", "MCP "+clean.Line(protocol)+how(h.How, h.Took))
	}
	s.fact("can", names(h.Capabilities))
	if text := h.Instructions.Raw(); text != "" {
		s.fact("tells", "what it tells the model about itself, "+amount.Bytes(len(text))+":")
		s.quoted(clean.Block(clean.Head(text, maxInstructions)))
	}
}

// how is the way to the protocol version.
func how(by string, took time.Duration) string {
	said := ""
	if by != "" {
		said = ", by " + clean.Line(by)
	}
	if took > 0 {
		said += ", in " + amount.Latency(took)
	}
	return said
}
