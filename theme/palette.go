package theme

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
)

// A Palette names colours by what they are for. A nil colour is the terminal's
// own.
type Palette struct {
	Name string
	Dark bool

	Muted, Faint, Accent, You   color.Color
	Good, Busy, Warn, Bad       color.Color
	Code, Link                  color.Color
	Keyword, Ident, Str, Number color.Color
	Comment                     color.Color
	// Bold and Reverse alone mark what colour would, where there is none.
	Plain bool
}

// Names lists the themes that [New] knows; "auto" follows the terminal.
func Names() []string { return []string{"auto", "dark", "light", "ansi", "contrast", "none"} }

// New builds a theme by name. dark says what the terminal's background is; only
// "auto" and "contrast" use it.
func New(name string, dark bool) (Theme, error) {
	switch name {
	case "", "auto":
		if dark {
			return build(darkPalette()), nil
		}
		return build(lightPalette()), nil
	case "dark":
		return build(darkPalette()), nil
	case "light":
		return build(lightPalette()), nil
	case "ansi":
		return build(ansiPalette(dark)), nil
	case "contrast":
		return build(contrastPalette(dark)), nil
	case "none":
		return build(Palette{Name: "none", Dark: dark, Plain: true}), nil
	}
	known := slices.Clone(Names())
	return Theme{}, fmt.Errorf("unknown theme %q: one of %s", name, strings.Join(known, ", "))
}

func hex(s string) color.Color { return lipgloss.Color(s) }

// The dark and the light palette are chosen so that what a terminal of 256 colours
// makes of them keeps its hue and can still be read; a test holds them to it.
func darkPalette() Palette {
	return Palette{
		Name: "dark", Dark: true,
		Muted: hex("#a6aec0"), Faint: hex("#878c96"), Accent: hex("#7fb4ff"), You: hex("#c8a8ff"),
		Good: hex("#7fd88f"), Busy: hex("#6fc7d9"), Warn: hex("#f2c46d"), Bad: hex("#ff8a8a"),
		Code: hex("#e8c08a"), Link: hex("#7fb4ff"),
		Keyword: hex("#c8a8ff"), Ident: hex("#8fc4ff"), Str: hex("#9fd88f"), Number: hex("#f2c46d"), Comment: hex("#878c96"),
	}
}

func lightPalette() Palette {
	return Palette{
		Name:  "light",
		Muted: hex("#565d6b"), Faint: hex("#6d7072"), Accent: hex("#1257b8"), You: hex("#6b35b5"),
		Good: hex("#1a6b1a"), Busy: hex("#0e6478"), Warn: hex("#8a5300"), Bad: hex("#b3261e"),
		Code: hex("#7d4a00"), Link: hex("#1257b8"),
		Keyword: hex("#6b35b5"), Ident: hex("#1257b8"), Str: hex("#1a6b1a"), Number: hex("#8a5300"), Comment: hex("#6d7072"),
	}
}

func ansiPalette(dark bool) Palette {
	return Palette{
		Name: "ansi", Dark: dark,
		Accent: lipgloss.Blue, You: lipgloss.Magenta,
		Good: lipgloss.Green, Busy: lipgloss.Cyan, Warn: lipgloss.Yellow, Bad: lipgloss.Red,
		Code: lipgloss.Cyan, Link: lipgloss.Blue,
		Keyword: lipgloss.Magenta, Ident: lipgloss.Blue, Str: lipgloss.Green, Number: lipgloss.Cyan,
	}
}

func contrastPalette(dark bool) Palette {
	if dark {
		return Palette{
			Name: "contrast", Dark: true,
			Muted: hex("#e0e0e0"), Faint: hex("#c0c0c0"), Accent: hex("#8ed0ff"), You: hex("#e3c8ff"),
			Good: hex("#8cff9e"), Busy: hex("#8cf0ff"), Warn: hex("#ffe066"), Bad: hex("#ffb0b0"),
			Code: hex("#ffe0a8"), Link: hex("#8ed0ff"),
			Keyword: hex("#e3c8ff"), Ident: hex("#8ed0ff"), Str: hex("#8cff9e"), Number: hex("#ffe066"), Comment: hex("#c8c8c8"),
		}
	}
	return Palette{
		Name:  "contrast",
		Muted: hex("#202020"), Faint: hex("#404040"), Accent: hex("#003a8c"), You: hex("#4b1390"),
		Good: hex("#00501a"), Busy: hex("#004757"), Warn: hex("#5c3600"), Bad: hex("#8c0000"),
		Code: hex("#5c3600"), Link: hex("#003a8c"),
		Keyword: hex("#4b1390"), Ident: hex("#003a8c"), Str: hex("#00501a"), Number: hex("#5c3600"), Comment: hex("#404040"),
	}
}
