package calculator

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

const (
	piDigits = "3.14159265358979323846264338327950288419716939937510582097494459"
	eDigits  = "2.71828182845904523536028747135266249775724709369995957496696763"
)

// maxPlaces bounds the second argument of round.
const maxPlaces = 100

const functionNames = "sqrt, abs, round, floor, ceil, min, max"

// constant gives pi or e to 62 decimals, marked as approximate.
func constant(name string) (value, bool) {
	var digits string
	switch strings.ToLower(name) {
	case "pi", "π":
		digits = piDigits
	case "e":
		digits = eDigits
	default:
		return value{}, false
	}
	r, ok := new(big.Rat).SetString(digits)
	return value{rat: r, approx: true}, ok
}

// call applies a function, whose name is in lower case.
func call(name string, args []value) (value, error) {
	switch name {
	case "min", "max":
		return extreme(name, args)
	case "round":
		return round(args)
	case "sqrt", "abs", "floor", "ceil":
	default:
		return value{}, fmt.Errorf("there is no function %q; there are %s", name, functionNames)
	}
	if len(args) != 1 {
		return value{}, fmt.Errorf("%s takes one number, not %d", name, len(args))
	}
	x := args[0]
	switch name {
	case "sqrt":
		return x.sqrt()
	case "abs":
		return value{rat: new(big.Rat).Abs(x.rat), approx: x.approx}, nil
	case "floor":
		return value{rat: floor(x.rat), approx: x.approx}, nil
	default:
		return value{rat: ceil(x.rat), approx: x.approx}, nil
	}
}

func extreme(name string, args []value) (value, error) {
	best := args[0]
	for _, v := range args[1:] {
		order := v.rat.Cmp(best.rat)
		if (name == "min" && order < 0) || (name == "max" && order > 0) {
			best = v
		}
	}
	for _, v := range args {
		best.approx = best.approx || v.approx
	}
	best.percent = false
	return best, nil
}

func round(args []value) (value, error) {
	if len(args) > 2 {
		return value{}, errors.New("round takes a number and, if wanted, how many decimals")
	}
	x, scale := args[0], big.NewRat(1, 1)
	if len(args) == 2 {
		places := args[1].rat
		if !places.IsInt() || places.Num().CmpAbs(big.NewInt(maxPlaces)) > 0 {
			return value{}, fmt.Errorf("round takes a whole number of decimals from -%d to %d", maxPlaces, maxPlaces)
		}
		ten, err := exact(big.NewRat(10, 1)).powInt(args[1])
		if err != nil {
			return value{}, err
		}
		scale = ten.rat
	}
	scaled := roundHalfAway(new(big.Rat).Mul(x.rat, scale))
	return bounded(scaled.Quo(scaled, scale), x.approx)
}
