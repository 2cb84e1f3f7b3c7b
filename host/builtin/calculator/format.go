package calculator

import (
	"fmt"
	"math/big"

	"switchboard/host/builtin/tool"
)

const (
	// significant is how many digits an approximation shows.
	significant = 15
	// maxDigits and maxFraction bound in characters what is written out in full.
	maxDigits   = 1000
	maxFraction = 80
)

// A Result is the value of an expression, ready to be read.
type Result struct {
	// Decimal is the value: all its digits when Exact and Fraction is empty, else
	// 15 significant ones.
	Decimal string
	// Fraction is the exact value when its decimals never end and it is short
	// enough to read, such as "1/3".
	Fraction string
	// Exact tells that Fraction, or Decimal where there is none, is the value
	// itself and not a number near it.
	Exact bool
	// Note is a remark on how the expression was read; mostly empty.
	Note string
}

func render(v value) Result {
	if v.approx {
		return Result{Decimal: approximation(v.rat)}
	}
	places, ends := v.rat.FloatPrec()
	if !ends {
		result := Result{Decimal: approximation(v.rat), Exact: true, Fraction: v.rat.RatString()}
		if len(result.Fraction) > maxFraction {
			result.Fraction, result.Exact = "", false
		}
		return result
	}
	digits := v.rat.FloatString(places)
	if len(digits) <= maxDigits {
		return Result{Decimal: digits, Exact: true}
	}
	note := fmt.Sprintf("the exact result has %d digits", len(digits))
	return Result{Decimal: approximation(v.rat), Note: note}
}

func approximation(r *big.Rat) string {
	return new(big.Float).SetPrec(rootBits).SetRat(r).Text('g', significant)
}

// answer tells the result as the other side of the question.
func (r Result) answer(question string) tool.Answer {
	text := question + " "
	switch {
	case r.Fraction != "":
		text += "= " + r.Fraction + " ≈ " + r.Decimal
	case r.Exact:
		text += "= " + r.Decimal
	default:
		text += "≈ " + r.Decimal + " (approximate)"
	}
	if r.Note != "" {
		text += "\nNote: " + r.Note + "."
	}
	return tool.Answer{Text: text, Data: outcome{question, r.Decimal, r.Exact, r.Fraction, r.Note}}
}

// outcome is the result as a JSON object.
type outcome struct {
	Expression string `json:"expression"`
	Result     string `json:"result"`
	Exact      bool   `json:"exact"`
	Fraction   string `json:"fraction,omitempty"`
	Note       string `json:"note,omitempty"`
}
