package offline

import "strings"

// signPattern matches one token of an expression: a number, a sign, or the words
// that people write for a sign.
var signPattern = lazy(`(?i)` + digits +
	`|[-−+*/^×÷·%()]|\b(?:percent|per cent|of|plus|minus|times|x|multiplied by|divided by|to the power of|squared|cubed)\b`)

// signs are the tokens a calculator knows for what people write.
var signs = map[string]string{
	"percent": "%", "per cent": "%", "plus": "+", "minus": "-", "−": "-", "times": "*", "x": "*", "×": "*",
	"·": "*", "multiplied by": "*", "divided by": "/", "÷": "/", "to the power of": "^",
	"squared": "^2", "cubed": "^3", "of": " of ",
}

// A sign is one token of an expression, in a calculator's spelling.
type sign struct {
	text    string
	at, end int
}

// expressions finds arithmetic such as 12*(3+4), 12.5% of 8 460 or 3 plus 4. A
// number alone is none.
func expressions(s string) []entity {
	var out []entity
	for _, run := range signRuns(s) {
		run = trimRun(run)
		if !isExpression(run) {
			continue
		}
		var text strings.Builder
		for _, t := range run {
			text.WriteString(t.text)
		}
		out = append(out, entity{kind: arithmetic, text: text.String(), at: run[0].at, end: run[len(run)-1].end})
	}
	return out
}

// signRuns groups the tokens that have nothing but space between them.
func signRuns(s string) [][]sign {
	var runs [][]sign
	end := -1
	for _, m := range signPattern().FindAllStringIndex(s, -1) {
		t := sign{text: calculatorSpelling(s[m[0]:m[1]]), at: m[0], end: m[1]}
		if end < 0 || strings.TrimSpace(s[end:m[0]]) != "" {
			runs = append(runs, nil)
		}
		last := len(runs) - 1
		runs[last] = append(runs[last], t)
		end = m[1]
	}
	return runs
}

func calculatorSpelling(token string) string {
	if text, ok := signs[strings.ToLower(token)]; ok {
		return text
	}
	if '0' <= token[0] && token[0] <= '9' {
		return plain(token)
	}
	return token
}

// trimRun drops what cannot begin or end an expression, and brackets that close
// nothing.
func trimRun(run []sign) []sign {
	for len(run) > 0 && !isNumber(run[0]) && run[0].text != "(" && run[0].text != "-" {
		run = run[1:]
	}
	for len(run) > 0 {
		last := run[len(run)-1]
		if endsOperand(last) && (last.text != ")" || depth(run) >= 0) {
			break
		}
		run = run[:len(run)-1]
	}
	for len(run) > 0 && run[0].text == "(" && depth(run) > 0 {
		run = run[1:]
	}
	return run
}

func isNumber(t sign) bool { return '0' <= t.text[0] && t.text[0] <= '9' }

func isPostfix(t sign) bool { return t.text == "%" || t.text == "^2" || t.text == "^3" }

func endsOperand(t sign) bool { return isNumber(t) || isPostfix(t) || t.text == ")" }

// depth counts the brackets that are open at the end.
func depth(run []sign) int {
	n := 0
	for _, t := range run {
		switch t.text {
		case "(":
			n++
		case ")":
			n--
		}
	}
	return n
}

// isExpression checks the order of operands and operators and asks for at least
// one operator.
func isExpression(run []sign) bool {
	open, operators := 0, 0
	var before sign
	for _, t := range run {
		after := before.text != "" && endsOperand(before)
		switch {
		case t.text == "(" && !after:
			open++
		case t.text == ")" && after && open > 0:
			open--
		case isNumber(t) && !after, t.text == "-" && !after && before.text != "-":
		case t.text == " of ":
			if before.text != "%" {
				return false
			}
			operators++
		case after && t.text != "(" && t.text != ")" && !isNumber(t):
			if t.text != "%" {
				operators++
			}
		default:
			return false
		}
		before = t
	}
	return open == 0 && operators > 0 && endsOperand(before)
}
