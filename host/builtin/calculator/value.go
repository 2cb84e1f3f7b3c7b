package calculator

import (
	"errors"
	"fmt"
	"math"
	"math/big"
)

const (
	// maxBits bounds numerator and denominator of every intermediate result:
	// about 4,900 digits.
	maxBits = 1 << 14
	// rootBits is the precision of a root that has no exact value.
	rootBits = 256
)

var (
	errTooLarge     = errors.New("the result is too large (more than about 4,900 digits)")
	errDivideByZero = errors.New("division by zero has no result")
)

// A value is a number and whether it is exact. What is computed from an
// approximate value is approximate.
type value struct {
	rat    *big.Rat
	approx bool
	// percent marks a number that was just written as a percentage.
	percent bool
}

func exact(r *big.Rat) value { return value{rat: r} }

func bounded(r *big.Rat, approx bool) (value, error) {
	if r.Num().BitLen() > maxBits || r.Denom().BitLen() > maxBits {
		return value{}, errTooLarge
	}
	return value{rat: r, approx: approx}, nil
}

func (v value) add(w value) (value, error) {
	return bounded(new(big.Rat).Add(v.rat, w.rat), v.approx || w.approx)
}

func (v value) sub(w value) (value, error) {
	return bounded(new(big.Rat).Sub(v.rat, w.rat), v.approx || w.approx)
}

func (v value) mul(w value) (value, error) {
	return bounded(new(big.Rat).Mul(v.rat, w.rat), v.approx || w.approx)
}

func (v value) div(w value) (value, error) {
	if w.rat.Sign() == 0 {
		return value{}, errDivideByZero
	}
	return bounded(new(big.Rat).Quo(v.rat, w.rat), v.approx || w.approx)
}

// mod is the remainder with the sign of the divisor, so that 7 mod 3 and
// -2 mod 3 are both 1; it works for fractions too.
func (v value) mod(w value) (value, error) {
	quotient, err := v.div(w)
	if err != nil {
		return value{}, err
	}
	whole, err := exact(floor(quotient.rat)).mul(w)
	if err != nil {
		return value{}, err
	}
	return v.sub(whole)
}

func (v value) neg() value { return value{rat: new(big.Rat).Neg(v.rat), approx: v.approx} }

// pow is exact for whole exponents and for the square root of a square.
func (v value) pow(w value) (value, error) {
	switch {
	case w.rat.IsInt():
		return v.powInt(w)
	case v.rat.Sign() < 0:
		return value{}, errors.New("a negative number has no real power with a fraction as exponent")
	case w.rat.Cmp(big.NewRat(1, 2)) == 0:
		root, err := v.sqrt()
		root.approx = root.approx || w.approx
		return root, err
	}
	return v.powFloat(w)
}

func (v value) powInt(w value) (value, error) {
	exponent, small := w.rat.Num(), w.rat.Num().IsInt64()
	if v.rat.Sign() == 0 && exponent.Sign() < 0 {
		return value{}, errDivideByZero
	}
	if v.rat.Sign() == 0 || isUnit(v.rat) {
		return value{powUnit(v.rat, exponent), v.approx || w.approx, false}, nil
	}
	bits := max(v.rat.Num().BitLen(), v.rat.Denom().BitLen())
	if !small || exponent.CmpAbs(big.NewInt(int64(maxBits+bits)/int64(max(bits-1, 1)))) > 0 {
		return value{}, fmt.Errorf("the exponent is too large: %w", errTooLarge)
	}
	n := new(big.Int).Abs(exponent)
	num, den := new(big.Int).Exp(v.rat.Num(), n, nil), new(big.Int).Exp(v.rat.Denom(), n, nil)
	if exponent.Sign() < 0 {
		num, den = den, num
	}
	return bounded(new(big.Rat).SetFrac(num, den), v.approx || w.approx)
}

func isUnit(r *big.Rat) bool { return r.IsInt() && r.Num().CmpAbs(big.NewInt(1)) == 0 }

// powUnit raises 0, 1 or -1 to a power of any size; 0 to the 0 is 1.
func powUnit(base *big.Rat, exponent *big.Int) *big.Rat {
	if exponent.Sign() == 0 || (base.Sign() < 0 && exponent.Bit(0) == 0) {
		return big.NewRat(1, 1)
	}
	return new(big.Rat).Set(base)
}

func (v value) powFloat(w value) (value, error) {
	base, _ := v.rat.Float64()
	exponent, _ := w.rat.Float64()
	result := math.Pow(base, exponent)
	if math.IsInf(result, 0) || math.IsNaN(result) {
		return value{}, fmt.Errorf("the power cannot be worked out: %w", errTooLarge)
	}
	return bounded(new(big.Rat).SetFloat64(result), true)
}

func (v value) sqrt() (value, error) {
	if v.rat.Sign() < 0 {
		return value{}, errors.New("a negative number has no real square root")
	}
	num, den := new(big.Int).Sqrt(v.rat.Num()), new(big.Int).Sqrt(v.rat.Denom())
	root := new(big.Rat).SetFrac(num, den)
	if new(big.Rat).Mul(root, root).Cmp(v.rat) == 0 {
		return value{rat: root, approx: v.approx}, nil
	}
	near := new(big.Float).SetPrec(rootBits).SetRat(v.rat)
	near.Sqrt(near)
	r, _ := near.Rat(nil)
	return bounded(r, true)
}

func floor(r *big.Rat) *big.Rat {
	// big.Int.Div rounds towards minus infinity for a positive divisor.
	return new(big.Rat).SetInt(new(big.Int).Div(r.Num(), r.Denom()))
}

func ceil(r *big.Rat) *big.Rat {
	down := floor(new(big.Rat).Neg(r))
	return down.Neg(down)
}

// roundHalfAway rounds halves away from zero, as people do.
func roundHalfAway(r *big.Rat) *big.Rat {
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		return ceil(new(big.Rat).Sub(r, half))
	}
	return floor(new(big.Rat).Add(r, half))
}
