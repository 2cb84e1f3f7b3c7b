package inspector

import (
	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/cells"
)

// maxRow bounds how much of a line is looked at for its row, in bytes.
const maxRow = 1 << 10

func (l *logTail) row(line host.ServerLog, chosen bool, w int) string {
	at, origin := line.At.Format("15:04:05"), cells.Fit(origin(line), 7)
	text := clean.Line(clean.Head(line.Text.Raw(), maxRow))
	if !line.Logger.Empty() {
		text = line.Logger.Line() + ": " + text
	}
	if chosen {
		return l.theme.Selected.Render(cells.Fit(at+" "+origin+" "+text, w))
	}
	style := l.theme.Muted
	switch {
	case severity(line.Level) >= severity("error"):
		style = l.theme.Bad
	case line.Level == "warning", line.Source == host.LogStdout:
		style = l.theme.Warn
	}
	return cells.Cut(l.theme.Faint.Render(at)+" "+style.Render(origin)+" "+text, w)
}

// origin is where a line is from: its level, or the stream.
func origin(line host.ServerLog) string {
	if line.Level != "" {
		return clean.Line(line.Level)
	}
	return string(line.Source)
}

// whole is one line in full.
func (l *logTail) whole(line host.ServerLog, w int) []string {
	s := &sheet{theme: l.theme, w: w}
	s.fact("at", line.At.Format("15:04:05.000"))
	s.fact("from", string(line.Source))
	s.fact("level", clean.Line(line.Level))
	s.fact("logger", line.Logger.Line())
	s.gap()
	s.quoted(line.Text.Block())
	return s.lines
}
