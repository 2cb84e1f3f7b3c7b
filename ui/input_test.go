package ui_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/charmbracelet/x/ansi"

	"switchboard/ui"
	"switchboard/ui/uitest"
)

func TestInput(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("1;", 40)
	tests := []struct{ name, in, want string }{
		{"text", "hello; 1;2;3\r", "hello; 1;2;3\r"},
		{"keys", "\x1b[1;5A\x1bOP\x1b[200~a;b\x1b[201~\x1b[13;2u", "\x1b[1;5A\x1bOP\x1b[200~a;b\x1b[201~\x1b[13;2u"},
		{"colours with colons", "\x1b[38:2:1:2:3m", "\x1b[38:2:1:2:3m"},
		{"too many", "a\x1b[" + many + "mb", "a\x1b[" + strings.Repeat("1;", 23) + "1mb"},
		{"too many of one byte", "\x9b" + many + "m", "\x9b" + strings.Repeat("1;", 23) + "1m"},
		{"many in text", many + "世" + many + "囹" + many, many + "世" + many + "囹" + many},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range []io.Reader{strings.NewReader(tt.in), iotest.OneByteReader(strings.NewReader(tt.in))} {
				got, err := io.ReadAll(ui.Input(r))
				if err != nil || string(got) != tt.want {
					t.Errorf("got %q, %v; want %q", got, err, tt.want)
				}
			}
		})
	}
}

func TestSequenceWithManyParametersDoesNoHarm(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, _ *uitest.Engine) {
		for _, start := range []string{"\x1b[", "\x1bP", "\x1b[?", "\x1b[<"} {
			for _, end := range []string{"m", "A", "u", "_", "$y"} {
				d.Raw(start + strings.Repeat("1;", 60) + "1" + end + "\x1b\\")
			}
		}
		d.Paste("\x1b[" + strings.Repeat("1:", 60) + "m")
		d.Press("ctrl+c")
		d.Type("still here")
		d.Expect("still here")
	})
}

// FuzzInput: what comes through can be decoded.
func FuzzInput(f *testing.F) {
	for _, s := range []string{"\x1b[" + strings.Repeat(";", 40) + "m", "\x1bP" + strings.Repeat("1;", 40) + "q\x1b\\", "囹" + strings.Repeat(";", 50), "\x9b\x1b[;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := io.ReadAll(ui.Input(strings.NewReader(s)))
		if err != nil {
			t.Fatal(err)
		}
		p := ansi.NewParser() // with room for 32 parameters, as the program has
		var state byte
		for len(got) > 0 {
			_, _, n, next := ansi.DecodeSequence(got, state, p)
			if n == 0 {
				break
			}
			got, state = got[n:], next
		}
	})
}
