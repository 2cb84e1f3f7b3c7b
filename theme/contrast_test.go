package theme_test

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"switchboard/theme"
)

// enough is what WCAG 2 asks of ordinary text (level AA).
const enough = 4.5

func TestTextCanBeRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		theme   string
		dark    bool
		grounds []string
	}{
		{"dark", true, []string{"#1e1e2e", "#000000"}},
		{"light", false, []string{"#ffffff"}},
		{"contrast", true, []string{"#1e1e2e", "#000000"}},
		{"contrast", false, []string{"#ffffff"}},
	} {
		th, err := theme.New(c.theme, c.dark)
		if err != nil {
			t.Fatal(err)
		}
		for name, style := range styles(th) {
			fg := style.GetForeground()
			if _, none := fg.(lipgloss.NoColor); none || fg == nil {
				continue
			}
			for _, ground := range c.grounds {
				for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
					if got := contrast(p.Convert(fg), lipgloss.Color(ground)); got < enough {
						t.Errorf("%s: %s on %s has a contrast of %.2f with %s, want %.1f", c.theme, name, ground, got, p, enough)
					}
				}
			}
		}
	}
}

// Without true colour, as in tmux, what is secondary stays grey and the states of a
// server keep colours of their own.
func TestMeaningSurvives256Colours(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dark", "light"} {
		th, err := theme.New(name, name == "dark")
		if err != nil {
			t.Fatal(err)
		}
		in256 := func(s lipgloss.Style) color.Color { return colorprofile.ANSI256.Convert(s.GetForeground()) }
		for _, s := range []lipgloss.Style{th.Muted, th.Faint} {
			if r, g, b, _ := in256(s).RGBA(); r != g || g != b {
				t.Errorf("%s: a grey turns into %v", name, in256(s))
			}
		}
		seen := map[color.Color]bool{}
		for _, s := range []lipgloss.Style{th.Good, th.Busy, th.Warn, th.Bad, th.Accent} {
			if c := in256(s); seen[c] {
				t.Errorf("%s: two meanings in one colour, %v", name, c)
			} else {
				seen[c] = true
			}
		}
	}
}

func styles(th theme.Theme) map[string]lipgloss.Style {
	return map[string]lipgloss.Style{
		"Text": th.Text, "Muted": th.Muted, "Faint": th.Faint, "Strong": th.Strong, "Accent": th.Accent, "You": th.You,
		"Good": th.Good, "Busy": th.Busy, "Warn": th.Warn, "Bad": th.Bad,
		"Key": th.Key, "Selected": th.Selected, "Code": th.Code, "Link": th.Link, "Quote": th.Quote,
		"Keyword": th.Syntax.Keyword, "Name": th.Syntax.Name, "String": th.Syntax.String,
		"Number": th.Syntax.Number, "Comment": th.Syntax.Comment, "Operator": th.Syntax.Operator,
	}
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint32) float64 {
	v := float64(channel) / 0xffff
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
