package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// build makes every style of the program from a palette.
func build(p Palette) Theme {
	base := lipgloss.NewStyle()
	return Theme{
		Name: p.Name, Dark: p.Dark, Plain: p.Plain,

		Text:   base,
		Muted:  p.dim(p.Muted),
		Faint:  p.dim(p.Faint),
		Strong: base.Bold(true),
		Accent: tint(p.Accent).Bold(true),
		You:    tint(p.You).Bold(true),

		Good: tint(p.Good),
		Busy: tint(p.Busy),
		Warn: tint(p.Warn).Bold(true),
		Bad:  tint(p.Bad).Bold(true),

		Key:      tint(p.Accent).Bold(true),
		Selected: base.Reverse(true),
		Code:     tint(p.Code),
		Link:     tint(p.Link).Underline(true),
		Quote:    p.dim(p.Muted).Italic(true),

		Syntax: Syntax{
			Keyword:  tint(p.Keyword),
			Name:     tint(p.Ident),
			String:   tint(p.Str),
			Number:   tint(p.Number),
			Comment:  p.dim(p.Comment).Italic(true),
			Operator: base,
		},
	}
}

// tint is a style in one colour, or the terminal's own when there is none.
func tint(c color.Color) lipgloss.Style {
	if c == nil {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(c)
}

// dim is for secondary text: a colour where the palette has one, else the
// terminal's faint attribute. A plain palette leaves even that.
func (p Palette) dim(c color.Color) lipgloss.Style {
	if c == nil && !p.Plain {
		return lipgloss.NewStyle().Faint(true)
	}
	return tint(c)
}
