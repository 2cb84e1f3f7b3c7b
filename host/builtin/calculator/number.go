package calculator

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

const (
	// maxLength bounds an expression, and a single number, in characters.
	maxLength = 1000
	// maxExponent bounds the exponent in a number such as 1e100.
	maxExponent = 4000
)

// parseNumber reads a plain decimal number such as -12.5e-3. It bounds what
// big.Rat would happily expand to gigabytes.
func parseNumber(text string) (*big.Rat, error) {
	if len(text) > maxLength {
		return nil, fmt.Errorf("the number has more than %d characters", maxLength)
	}
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		exponent, err := strconv.Atoi(text[i+1:])
		if err != nil || exponent > maxExponent || exponent < -maxExponent {
			return nil, fmt.Errorf("the exponent of %s is beyond %d", text, maxExponent)
		}
	}
	if strings.Trim(text, "0123456789.eE+-") != "" {
		return nil, fmt.Errorf("%q is not a number", text)
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%q is not a number", text)
	}
	return r, nil
}

// number scans a number with its thousands separators, decimals and exponent.
func (p *parser) number() (value, error) {
	start := p.pos
	digits, err := p.grouped()
	if err != nil {
		return value{}, err
	}
	text := digits
	if p.peek() == '.' {
		p.pos++
		text += "." + p.digits()
	}
	text += p.exponent()
	if strings.Trim(text, ".") == "" {
		return value{}, p.fault(start, errors.New("a point needs a digit before or after it"))
	}
	if p.peek() == '.' {
		return value{}, p.fault(p.pos, errors.New("a number has only one decimal point"))
	}
	r, err := parseNumber(text)
	if err != nil {
		return value{}, p.fault(start, err)
	}
	return exact(r), nil
}

func (p *parser) digits() string {
	start := p.pos
	for isDigit(p.peek()) {
		p.pos++
	}
	return string(p.src[start:p.pos])
}

// grouped scans the digits before the point. All groups of a number use the same
// separator; inside a function call the comma separates arguments instead.
func (p *parser) grouped() (string, error) {
	start := p.pos
	text := p.digits()
	separator := p.peek()
	if text == "" || !p.separates(separator) {
		return text, nil
	}
	leads := len(text) <= 3 && text[0] != '0'
	for p.peek() == separator && p.groupAt(p.pos+1) {
		if !leads {
			return "", p.fault(start, errors.New("thousands are grouped by three digits, as in 8,460; decimals take a point"))
		}
		p.pos++
		text += p.digits()
	}
	if p.peek() == ',' && p.calls == 0 {
		return "", p.fault(p.pos, errors.New("a comma only groups thousands, as in 8,460; write decimals with a point, as in 1.5"))
	}
	return text, nil
}

func (p *parser) separates(r rune) bool {
	switch r {
	case ',':
		return p.calls == 0
	case '_', '\'', '’':
		return true
	}
	return r != 0 && unicode.IsSpace(r)
}

// groupAt tells whether exactly three digits begin at position i.
func (p *parser) groupAt(i int) bool {
	if i+3 > len(p.src) {
		return false
	}
	for _, r := range p.src[i : i+3] {
		if !isDigit(r) {
			return false
		}
	}
	return i+3 == len(p.src) || !isDigit(p.src[i+3])
}

// exponent scans what follows an e, if it is an exponent and not the constant.
func (p *parser) exponent() string {
	if p.peek() != 'e' && p.peek() != 'E' {
		return ""
	}
	start := p.pos
	p.pos++
	if p.peek() == '+' || p.peek() == '-' {
		p.pos++
	}
	if p.digits() == "" {
		p.pos = start
	}
	return string(p.src[start:p.pos])
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
