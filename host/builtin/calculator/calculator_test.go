package calculator_test

import (
	"errors"
	"strings"
	"testing"

	"switchboard/host/builtin/calculator"
)

// exactResults maps expressions to their values.
var exactResults = map[string]string{
	"1 + 2":                       "3",
	"2 + 3 * 4":                   "14",
	"(2 + 3) * 4":                 "20",
	"10 - 3 - 2":                  "5",
	"100 / 10 / 5":                "2",
	"0.1 + 0.2":                   "0.3",
	"-2^2":                        "-4",
	"(-2)^2":                      "4",
	"2^3^2":                       "512",
	"2**10":                       "1024",
	"2^-2":                        "0.25",
	"9^0.5":                       "3",
	"0^0":                         "1",
	"(-1)^1000000000000000000001": "-1",
	"--3":                         "3",
	"2 - -3":                      "5",
	"+5":                          "5",
	"12.5%":                       "0.125",
	"12.5% of 8460":               "1057.5",
	"1 + 50% of 10":               "6",
	"50%^2":                       "0.25",
	"50%%":                        "0.005",
	"7 mod 3":                     "1",
	"-2 mod 3":                    "1",
	"7 mod -3":                    "-2",
	"5.5 MOD 2":                   "1.5",
	"8 460 + 1":                   "8461",
	"8,460 + 1":                   "8461",
	"8_460 + 1":                   "8461",
	"8'460 + 1":                   "8461",
	"8\u202f460\u00a0+\u00a01":    "8461",
	"1,234,567.89":                "1234567.89",
	"max(1,200)":                  "200",
	"max(1 200, 7)":               "1200",
	"max((1,200), 7)":             "1200",
	"3 × 4 ÷ 6 − 1":               "1",
	"5 · 2":                       "10",
	"sqrt(16)":                    "4",
	"sqrt(2.25)":                  "1.5",
	"abs(-3.5)":                   "3.5",
	"round(2.5)":                  "3",
	"round(-2.5)":                 "-3",
	"round(2.345, 2)":             "2.35",
	"round(1234, -2)":             "1200",
	"floor(-1.5)":                 "-2",
	"ceil(-1.5)":                  "-1",
	"ceil(1.2)":                   "2",
	"MIN(3, 1, 2)":                "1",
	"max(3; 1; 2)":                "3",
	"1e3 + 1E-2":                  "1000.01",
	".5 + 5.":                     "5.5",
	"2^100":                       "1267650600228229401496703205376",
	"1/8":                         "0.125",
	"99999999999999999999 + 1":    "100000000000000000000",
	strings.Repeat("(", 90) + "1" + strings.Repeat(")", 90): "1",
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	for expression, want := range exactResults {
		got, err := calculator.Evaluate(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		if got.Decimal != want || !got.Exact || got.Fraction != "" {
			t.Errorf("%s = %+v, want exactly %s", expression, got, want)
		}
	}
}

func TestEvaluateNear(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ expression, decimal, fraction string }{
		{"1/3", "0.333333333333333", "1/3"},
		{"-22/7", "-3.14285714285714", "-22/7"},
		{"pi", "3.14159265358979", ""},
		{"π * 2", "6.28318530717959", ""},
		{"e", "2.71828182845905", ""},
		{"sqrt(2)", "1.4142135623731", ""},
		{"sqrt(2)^2", "2", ""},
		{"2^(1/12)", "1.0594630943593", ""},
		{"1.05^0.5", "1.02469507659596", ""},
		{"2^10000", "1.99506311688076e+3010", ""},
		{"max(pi, 3)", "3.14159265358979", ""},
		{"floor(pi)", "3", ""},
	} {
		got, err := calculator.Evaluate(test.expression)
		if err != nil {
			t.Errorf("%s: %v", test.expression, err)
			continue
		}
		if got.Decimal != test.decimal || got.Fraction != test.fraction || got.Exact != (test.fraction != "") {
			t.Errorf("%s = %+v, want %s %s", test.expression, got, test.decimal, test.fraction)
		}
	}
}

// faults are expressions that cannot be worked out, and where and why.
var faults = []struct {
	expression string
	position   int
	reason     string
}{
	{"", 1, "is empty"},
	{"   ", 4, "is empty"},
	{"1 +", 4, "ends where a number should follow"},
	{"1 + * 2", 5, "expected a number, not '*'"},
	{"(1 + 2", 1, `"(" is never closed`},
	{"max(1, 2", 4, `"(" is never closed`},
	{"1 + 2)", 6, `")" closes nothing`},
	{"2(3 + 4)", 2, "write * to multiply"},
	{"2 pi", 3, "write * to multiply"},
	{"7 % 3", 5, "the remainder is written mod"},
	{"1, 2", 2, "write decimals with a point"},
	{"1,5", 2, "write decimals with a point"},
	{"0,125", 1, "decimals take a point"},
	{"1234,567", 1, "grouped by three"},
	{"1.2.3", 4, "only one decimal point"},
	{".", 1, "a point needs a digit"},
	{"1 / (2 - 2)", 3, "division by zero"},
	{"5 mod 0", 3, "division by zero"},
	{"0^-1", 2, "division by zero"},
	{"sqrt(0 - 4)", 1, "negative number has no real square root"},
	{"(-8)^(1/3)", 5, "negative number has no real power"},
	{"9^9^9", 2, "exponent is too large"},
	{"2^99999999999999999999", 2, "exponent is too large"},
	{"1e5000", 1, "exponent"},
	{"1e99999999999999999999", 1, "exponent"},
	{"(1e3999*1e3999)^(1/3)", 8, "too large"},
	{"1 + sin(2)", 5, `no function "sin"`},
	{"tau + 1", 1, `"tau" is not known`},
	{"sqrt(1, 2)", 1, "takes one number, not 2"},
	{"round(1, 2, 3)", 1, "how many decimals"},
	{"round(1, 0.5)", 1, "whole number of decimals"},
	{"max()", 5, "expected a number"},
	{"1 & 2", 3, "means nothing here"},
	{"1 + 2; 3", 6, "separates the arguments"},
	{strings.Repeat("(", 200) + "1", 101, "more than 100 deep"},
	{strings.Repeat("-", 200) + "1", 101, "more than 100 deep"},
	{strings.Repeat("2^", 200) + "1", 201, "more than 100 deep"},
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, test := range faults {
		_, err := calculator.Evaluate(test.expression)
		fault, ok := errors.AsType[*calculator.Error](err)
		if !ok {
			t.Errorf("%.40q: the error is %v", test.expression, err)
			continue
		}
		if fault.Position != test.position || !strings.Contains(err.Error(), test.reason) {
			t.Errorf("%.40q: at %d: %v; want position %d and %q", test.expression, fault.Position, err, test.position, test.reason)
		}
	}
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	if _, err := calculator.Evaluate(strings.Repeat("1", 1001)); err == nil || !strings.Contains(err.Error(), "1000 characters") {
		t.Errorf("the error is %v", err)
	}
}

// The caret stands under the fault, also behind wide characters and tabs.
func TestPointer(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		"1 +\t* 2": "expected a number, not '*', at character 5:\n  1 + * 2\n      ^",
		"１ + 2":    "expected a number, not '１', at character 1:\n  １ + 2\n  ^",
		"1 + 数 ? 2": "\"数\" is not known; there are pi, e and the functions sqrt, abs, round, floor, ceil, min, max, " +
			"such as sqrt(2), at character 5:\n  1 + 数 ? 2\n      ^",
		strings.Repeat("1+", 50) + "?" + strings.Repeat("+1", 50): "expected a number, not '?', at character 101:\n" +
			"  …" + strings.Repeat("1+", 20) + "?" + strings.Repeat("+1", 19) + "+…\n  " + strings.Repeat(" ", 41) + "^",
	} {
		if _, err := calculator.Evaluate(expression); err == nil || err.Error() != want {
			t.Errorf("got:\n%v\nwant:\n%s", err, want)
		}
	}
}

// Pocket calculators take 200 + 10% for 220; the answer says that this one does
// not.
func TestPercentNote(t *testing.T) {
	t.Parallel()
	for expression, noted := range map[string]bool{
		"200 + 10%": true, "200 - 10%": true, "10% + 5%": false, "200 * 110%": false, "200 + (10%)": false, "1 + 10% of 5": false,
	} {
		got, err := calculator.Evaluate(expression)
		if err != nil {
			t.Fatal(err)
		}
		if (got.Note != "") != noted {
			t.Errorf("%s has the note %q", expression, got.Note)
		}
	}
}
