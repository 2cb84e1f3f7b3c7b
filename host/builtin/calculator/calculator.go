// Package calculator is the built-in server for exact arithmetic: fractions of
// whole numbers of any practical size, never binary floating point.
package calculator

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

// New makes the server.
func New() tool.Server {
	return tool.Server{
		Title:        "Calculator",
		Instructions: "Exact arithmetic. Use it for every calculation instead of working numbers out yourself.",
		Tools: []server.ServerTool{
			operation("add", "Add", "Add two numbers exactly: a + b.", "+", value.add),
			operation("subtract", "Subtract", "Subtract two numbers exactly: a - b.", "-", value.sub),
			operation("multiply", "Multiply", "Multiply two numbers exactly: a × b.", "×", value.mul),
			operation("divide", "Divide", "Divide two numbers exactly: a ÷ b.", "÷", value.div),
			evaluateTool(),
		},
	}
}

var pure = tool.Hints{ReadOnly: true}

// operands keeps the digits as the client wrote them: a float64 would not.
type operands struct {
	A json.Number `json:"a"`
	B json.Number `json:"b"`
}

func operation(name, title, description, sign string, apply func(value, value) (value, error)) server.ServerTool {
	spec := tool.Spec{
		Name: name, Title: title, Description: description, Hints: pure,
		Params: []tool.Param{
			tool.Number("a", "The first number.").Required(),
			tool.Number("b", "The second number.").Required(),
		},
	}
	return tool.New(spec, func(_ context.Context, in operands) (tool.Answer, error) {
		a, err := parseNumber(in.A.String())
		if err != nil {
			return tool.Answer{}, fmt.Errorf("a: %w", err)
		}
		b, err := parseNumber(in.B.String())
		if err != nil {
			return tool.Answer{}, fmt.Errorf("b: %w", err)
		}
		v, err := apply(exact(a), exact(b))
		if err != nil {
			return tool.Answer{}, err
		}
		question := fmt.Sprintf("%s %s %s", in.A, sign, operand(b, in.B.String()))
		return render(v).answer(question), nil
	})
}

func evaluateTool() server.ServerTool {
	spec := tool.Spec{
		Name: "evaluate", Title: "Evaluate an expression", Hints: pure,
		Description: "Evaluate an arithmetic expression exactly. Knows + - * / ^ mod, parentheses, percent (12.5% of 8460; " +
			"10% is 0.1), sqrt abs round floor ceil min max, pi and e. Thousands may be grouped: 8,460 or 8 460 or 8_460; " +
			"decimals take a point. round(x, 2) rounds to two decimals.",
		Params: []tool.Param{
			tool.String("expression", `The expression, such as "(3 + 4) * 12.5%".`).Required().AtMost(maxLength),
		},
	}
	type arguments struct {
		Expression string `json:"expression"`
	}
	return tool.New(spec, func(_ context.Context, in arguments) (tool.Answer, error) {
		result, err := Evaluate(in.Expression)
		if err != nil {
			return tool.Answer{}, err
		}
		return result.answer(oneLine(in.Expression)), nil
	})
}

// operand puts a negative second number in parentheses, as one would by hand.
func operand(number *big.Rat, text string) string {
	if number.Sign() < 0 {
		return "(" + text + ")"
	}
	return text
}
