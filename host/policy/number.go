package policy

import (
	"encoding/json"
	"strconv"
	"strings"
)

// longestPlain is how many digits a number may have to be written out.
const longestPlain = 20

// plainNumber spells a JSON number in the one form that we compare, so that 1, 1.0
// and 10e-1 are the same. A number whose exponent fits no integer stays as it is.
func plainNumber(n json.Number) json.Number {
	s, negative := strings.CutPrefix(n.String(), "-")
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e, err := strconv.ParseInt(s[i+1:], 10, 32)
		if err != nil {
			return n
		}
		mantissa, exponent = s[:i], int(e)
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	exponent -= len(fraction)
	digits := strings.TrimLeft(whole+fraction, "0")
	short := strings.TrimRight(digits, "0")
	if short == "" {
		return "0"
	}
	exponent += len(digits) - len(short)
	if negative {
		return json.Number("-" + spell(short, exponent))
	}
	return json.Number(spell(short, exponent))
}

// spell writes digits times ten to the exponent.
func spell(digits string, exponent int) string {
	point := len(digits) + exponent // where the decimal point stands
	switch {
	case exponent >= 0 && point <= longestPlain:
		return digits + strings.Repeat("0", exponent)
	case exponent < 0 && point > 0:
		return digits[:point] + "." + digits[point:]
	case exponent < 0 && -point < longestPlain:
		return "0." + strings.Repeat("0", -point) + digits
	}
	return digits + "e" + strconv.Itoa(exponent)
}
