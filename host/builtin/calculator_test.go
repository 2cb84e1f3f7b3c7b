package builtin_test

import (
	"encoding/json"
	"testing"
)

func TestCalculator(t *testing.T) {
	t.Parallel()
	c := open(t, "calculator")
	for _, test := range []struct {
		tool string
		args args
		want string
	}{
		{"add", args{"a": 2, "b": 3}, "2 + 3 = 5"},
		{"add", args{"a": json.Number("0.1"), "b": json.Number("0.2")}, "0.1 + 0.2 = 0.3"},
		{"add", args{"a": json.Number("9007199254740993"), "b": 0}, "9007199254740993 + 0 = 9007199254740993"},
		{"subtract", args{"a": 2, "b": -3}, "2 - (-3) = 5"},
		{"multiply", args{"a": 1.5, "b": 4}, "1.5 × 4 = 6"},
		{"divide", args{"a": 10, "b": 4}, "10 ÷ 4 = 2.5"},
		{"divide", args{"a": 1, "b": 3}, "1 ÷ 3 = 1/3 ≈ 0.333333333333333"},
		{"evaluate", args{"expression": "12.5% of 8 460"}, "12.5% of 8 460 = 1057.5"},
		{"evaluate", args{"expression": "2 * pi"}, "2 * pi ≈ 6.28318530717959 (approximate)"},
	} {
		if got := c.says(test.tool, test.args); got != test.want {
			t.Errorf("%s(%v) = %q, want %q", test.tool, test.args, got, test.want)
		}
	}
}

func TestCalculatorRefuses(t *testing.T) {
	t.Parallel()
	c := open(t, "calculator")
	contains(t, c.refuses("divide", args{"a": 1, "b": 0}), "division by zero")
	contains(t, c.refuses("evaluate", args{"expression": "1 + * 2"}), `expected a number, not '*'`, "at character 5", "      ^")
	contains(t, c.refuses("add", args{"a": 1}), `add needs the argument "b"`)
	contains(t, c.refuses("add", args{"a": "one", "b": 2}), `"a" of add must be a number, not "one"`)
	contains(t, c.refuses("add", args{"a": 1, "b": 2, "c": 3}), `add has no argument "c"; it takes a, b`)
	contains(t, c.refuses("evaluate", args{"expression": " "}), `"expression" of evaluate must not be empty`)
	contains(t, c.refuses("add", args{"a": json.Number("1e-99999999"), "b": 2}), "exponent")
}

func TestCalculatorStructured(t *testing.T) {
	t.Parallel()
	r := open(t, "calculator").call("evaluate", args{"expression": "1/3"})
	var got struct {
		Expression, Result, Fraction string
		Exact                        bool
	}
	must(t, json.Unmarshal(r.Structured, &got))
	if got.Expression != "1/3" || got.Result != "0.333333333333333" || got.Fraction != "1/3" || !got.Exact {
		t.Errorf("structured content is %s", r.Structured)
	}
}
