package calculator

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// shownAround is how many characters of a long expression an error shows on
// either side of the fault.
const shownAround = 40

// An Error says what is wrong with an expression, and where.
type Error struct {
	Expression string // on one line
	Position   int    // of the fault, in characters from 1
	Reason     error
}

// Unwrap gives the reason without the place.
func (e *Error) Unwrap() error { return e.Reason }

// Error gives the reason and points at the place in the expression.
func (e *Error) Error() string {
	runes := []rune(e.Expression)
	at := min(e.Position-1, len(runes))
	from, to := max(0, at-shownAround), min(len(runes), at+shownAround)
	before, after := string(runes[from:at]), string(runes[at:to])
	if from > 0 {
		before = "…" + before
	}
	if to < len(runes) {
		after += "…"
	}
	pointer := strings.Repeat(" ", ansi.StringWidth(before)) + "^"
	return fmt.Sprintf("%v, at character %d:\n  %s%s\n  %s", e.Reason, e.Position, before, after, pointer)
}

func (p *parser) fault(at int, reason error) error {
	return &Error{Expression: oneLine(string(p.src)), Position: at + 1, Reason: reason}
}

// oneLine replaces every character that would move the pointer off its place.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, text)
}

// missing says what should stand where no number begins.
func (p *parser) missing() error {
	if p.pos < len(p.src) {
		return fmt.Errorf("expected a number, not %q", p.src[p.pos])
	}
	if strings.TrimSpace(string(p.src)) == "" {
		return errors.New("the expression is empty")
	}
	return errors.New("the expression ends where a number should follow")
}

// unexpected says what is wrong with a character where an operator should stand.
func (p *parser) unexpected() error {
	r := p.src[p.pos]
	switch {
	case r == ')':
		return errors.New(`this ")" closes nothing`)
	case r == ',' || r == ';':
		return fmt.Errorf("%q only separates the arguments of a function", r)
	case p.pos > 0 && isDigit(r) && strings.HasSuffix(strings.TrimSpace(string(p.src[:p.pos])), "%"):
		return errors.New("an operator is missing; % means per cent, the remainder is written mod, as in 7 mod 3")
	case isDigit(r) || r == '(' || unicode.IsLetter(r):
		return errors.New("an operator is missing before this; write * to multiply")
	}
	return fmt.Errorf("%q means nothing here", r)
}

func (p *parser) unclosed(open int) error {
	if p.pos < len(p.src) {
		return p.fault(p.pos, p.unexpected())
	}
	return p.fault(open, errors.New(`this "(" is never closed`))
}
