package calculator_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/builtin/calculator"
)

// An expression is text and what it must amount to; nil after a division by zero.
type expression struct {
	text  string
	value *big.Rat
}

// expressions draws fully parenthesised expressions, so that the expected value
// does not depend on any rule of precedence.
func expressions(depth int) *rapid.Generator[expression] {
	number := rapid.Custom(func(t *rapid.T) expression {
		text := rapid.StringMatching(`[0-9]{1,9}(\.[0-9]{1,6})?`).Draw(t, "number")
		value, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%s is no number", text)
		}
		return expression{text, value}
	})
	if depth == 0 {
		return number
	}
	operation := rapid.Custom(func(t *rapid.T) expression {
		a, b := expressions(depth-1).Draw(t, "a"), expressions(depth-1).Draw(t, "b")
		sign := rapid.SampledFrom([]string{"+", "-", "−", "*", "×", "/", "÷"}).Draw(t, "sign")
		space := rapid.SampledFrom([]string{"", " ", "\t", "\u00a0"}).Draw(t, "space")
		return expression{"(" + a.text + space + sign + space + b.text + ")", combine(sign, a.value, b.value)}
	})
	return rapid.OneOf(number, operation)
}

func combine(sign string, a, b *big.Rat) *big.Rat {
	switch {
	case a == nil || b == nil:
		return nil
	case sign == "+":
		return new(big.Rat).Add(a, b)
	case sign == "-" || sign == "−":
		return new(big.Rat).Sub(a, b)
	case sign == "*" || sign == "×":
		return new(big.Rat).Mul(a, b)
	case b.Sign() == 0:
		return nil
	}
	return new(big.Rat).Quo(a, b)
}

func TestAgainstRat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := expressions(4).Draw(t, "expression")
		got, err := calculator.Evaluate(e.text)
		if e.value == nil {
			if err == nil || !strings.Contains(err.Error(), "division by zero") {
				t.Fatalf("%s gave %+v and %v", e.text, got, err)
			}
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", e.text, err)
		}
		checkResult(t, e, got)
	})
}

func checkResult(t *rapid.T, e expression, got calculator.Result) {
	told := got.Decimal
	if got.Fraction != "" {
		told = got.Fraction
	}
	value, ok := new(big.Rat).SetString(told)
	if !ok {
		t.Fatalf("%s gave %+v", e.text, got)
	}
	if got.Exact && value.Cmp(e.value) != 0 {
		t.Fatalf("%s = %+v, want %s", e.text, got, e.value.RatString())
	}
	off := new(big.Rat).Sub(value, e.value)
	bound := new(big.Rat).Mul(e.value, big.NewRat(1, 1e14))
	if off.Abs(off).Cmp(bound.Abs(bound)) > 0 {
		t.Fatalf("%s ≈ %+v, which is off by %s", e.text, got, off.FloatString(20))
	}
}

// Without parentheses, the usual rules hold: left to right, products first.
func TestPrecedence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.SliceOfN(rapid.IntRange(1, 99), 2, 12).Draw(t, "numbers")
		text, sum, product, sign := "", new(big.Rat), new(big.Rat), int64(1)
		for i, n := range digits {
			number := big.NewRat(int64(n), 1)
			operator := rapid.SampledFrom([]string{"+", "-", "*", "/"}).Draw(t, "operator")
			if i == 0 {
				text, product = number.RatString(), number
				continue
			}
			text += operator + number.RatString()
			switch operator {
			case "*":
				product.Mul(product, number)
			case "/":
				product.Quo(product, number)
			default:
				sum.Add(sum, product.Mul(product, big.NewRat(sign, 1)))
				product, sign = number, map[string]int64{"+": 1, "-": -1}[operator]
			}
		}
		sum.Add(sum, product.Mul(product, big.NewRat(sign, 1)))
		got, err := calculator.Evaluate(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		checkResult(t, expression{text, sum}, got)
	})
}

// A remainder and the quotient rounded down make up the number again.
func TestModulo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`-?[0-9]{1,6}(\.[0-9]{1,3})?`).Draw(t, "a")
		b := rapid.StringMatching(`-?[1-9][0-9]{0,4}(\.[0-9]{1,3})?`).Draw(t, "b")
		for _, identity := range []string{
			"floor((A)/(B))*(B) + ((A) mod (B)) - (A)",
			"min(0, ((A) mod (B)) * (B))",           // the sign of the divisor
			"max(0, abs((A) mod (B)) - abs(B) + 0)", // smaller than the divisor
		} {
			text := strings.NewReplacer("A", a, "B", b).Replace(identity)
			if got, err := calculator.Evaluate(text); err != nil || got.Decimal != "0" {
				t.Fatalf("%s gave %+v and %v, want 0", text, got, err)
			}
		}
	})
}

func FuzzEvaluate(f *testing.F) {
	for _, seed := range []string{
		"12.5% of 8 460", "2^-3^2", "round(2.345, 2)", "max((1,200), 3)", "1e-5 ÷ π", "((((", "9^9^9", "1e4000*1e4000", "\xff", "5 mod 0",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := calculator.Evaluate(text)
		if err != nil {
			if fault, ok := errors.AsType[*calculator.Error](err); ok && (fault.Position < 1 || fault.Position > len(text)+1) {
				t.Errorf("%q: the fault is at %d", text, fault.Position)
			}
			if err.Error() == "" {
				t.Errorf("%q: the error says nothing", text)
			}
			return
		}
		if _, ok := new(big.Rat).SetString(got.Decimal); !ok || len(got.Decimal) > 1000 {
			t.Errorf("%q = %+v", text, got)
		}
	})
}
