package calculator

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth bounds how deep parentheses, signs and powers may nest.
const maxDepth = 100

// percentNote explains the one thing that pocket calculators do differently.
const percentNote = "a percentage counts as its hundredth here (10% is 0.1); to add ten per cent write 200 * 110%"

// Evaluate works out an arithmetic expression, exactly where that is possible.
// An expression has at most 1,000 characters. The error of an expression that
// cannot be read is an *[Error].
func Evaluate(expression string) (Result, error) {
	if utf8.RuneCountInString(expression) > maxLength {
		return Result{}, fmt.Errorf("the expression has more than %d characters", maxLength)
	}
	p := &parser{src: []rune(strings.ToValidUTF8(expression, "�"))}
	v, err := p.sum()
	if err != nil {
		return Result{}, err
	}
	if p.space(); p.pos < len(p.src) {
		return Result{}, p.fault(p.pos, p.unexpected())
	}
	result := render(v)
	result.Note = p.note
	return result, nil
}

// parser is a recursive-descent parser that computes as it reads:
//
//	sum     = product { ("+" | "-") product }
//	product = signed { ("*" | "/" | "mod" | "of") signed }
//	signed  = ("-" | "+") signed | power
//	power   = percent [ ("^" | "**") signed ]
//	percent = primary { "%" }
//	primary = number | "(" sum ")" | constant | function "(" sum { "," sum } ")"
type parser struct {
	src   []rune
	pos   int
	depth int
	calls int // function calls around pos: a comma there separates arguments
	note  string
}

func (p *parser) sum() (value, error) {
	left, err := p.product()
	for err == nil {
		at := p.at()
		var apply func(value, value) (value, error)
		switch {
		case p.accept("+"):
			apply = value.add
		case p.accept("-", "−", "–"):
			apply = value.sub
		default:
			return left, nil
		}
		var right value
		if right, err = p.product(); err != nil {
			break
		}
		if right.percent && !left.percent {
			p.note = percentNote
		}
		left, err = p.apply(at, apply, left, right)
	}
	return value{}, err
}

func (p *parser) product() (value, error) {
	left, err := p.signed()
	for err == nil {
		at := p.at()
		apply := p.productOperator()
		if apply == nil {
			return left, nil
		}
		var right value
		if right, err = p.signed(); err != nil {
			break
		}
		left, err = p.apply(at, apply, left, right)
	}
	return value{}, err
}

func (p *parser) productOperator() func(value, value) (value, error) {
	switch {
	case p.accept("*", "×", "·", "⋅", "∙"):
		return value.mul
	case p.accept("/", "÷", "∕"):
		return value.div
	case p.acceptWord("mod"):
		return value.mod
	case p.acceptWord("of"):
		return value.mul
	}
	return nil
}

func (p *parser) signed() (value, error) {
	if err := p.enter(); err != nil {
		return value{}, err
	}
	defer p.leave()
	switch {
	case p.accept("-", "−", "–"):
		v, err := p.signed()
		if err != nil {
			return value{}, err
		}
		return v.neg(), nil
	case p.accept("+"):
		return p.signed()
	}
	return p.power()
}

func (p *parser) power() (value, error) {
	base, err := p.percent()
	if err != nil {
		return value{}, err
	}
	at := p.at()
	if !p.accept("**", "^") {
		return base, nil
	}
	exponent, err := p.signed()
	if err != nil {
		return value{}, err
	}
	return p.apply(at, value.pow, base, exponent)
}

func (p *parser) percent() (value, error) {
	v, err := p.primary()
	for err == nil {
		at := p.at()
		if !p.accept("%") {
			return v, nil
		}
		v, err = p.apply(at, value.div, v, exact(big.NewRat(100, 1)))
		v.percent = true
	}
	return value{}, err
}

func (p *parser) primary() (value, error) {
	p.space()
	start, r := p.pos, p.peek()
	switch {
	case isDigit(r) || r == '.':
		return p.number()
	case r == '(':
		return p.parenthesis()
	case unicode.IsLetter(r):
		return p.named(start, p.word())
	}
	return value{}, p.fault(p.pos, p.missing())
}

func (p *parser) parenthesis() (value, error) {
	start := p.pos
	p.pos++
	outer := p.calls
	p.calls = 0
	v, err := p.sum()
	p.calls = outer
	if err != nil {
		return value{}, err
	}
	if !p.accept(")") {
		return value{}, p.unclosed(start)
	}
	v.percent = false
	return v, nil
}

func (p *parser) named(start int, name string) (value, error) {
	if v, ok := constant(name); ok {
		return v, nil
	}
	open := p.at()
	if !p.accept("(") {
		return value{}, p.fault(start, fmt.Errorf("%q is not known; there are pi, e and the functions %s, such as sqrt(2)", name, functionNames))
	}
	p.calls++
	args, err := p.arguments(open)
	p.calls--
	if err != nil {
		return value{}, err
	}
	v, err := call(strings.ToLower(name), args)
	if err != nil {
		return value{}, p.fault(start, err)
	}
	return v, nil
}

func (p *parser) arguments(open int) ([]value, error) {
	var args []value
	for {
		v, err := p.sum()
		if err != nil {
			return nil, err
		}
		args = append(args, v)
		if p.accept(",", ";") {
			continue
		}
		if !p.accept(")") {
			return nil, p.unclosed(open)
		}
		return args, nil
	}
}

func (p *parser) apply(at int, f func(value, value) (value, error), v, w value) (value, error) {
	result, err := f(v, w)
	if err != nil {
		return value{}, p.fault(at, err)
	}
	return result, nil
}

func (p *parser) enter() error {
	if p.depth++; p.depth > maxDepth {
		return p.fault(p.pos, fmt.Errorf("the expression is nested more than %d deep", maxDepth))
	}
	return nil
}

func (p *parser) leave() { p.depth-- }
