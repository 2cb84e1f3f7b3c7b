package tool_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

type arguments struct {
	Text   string
	Number json.Number
	Count  int
}

// echo says what it was called with, or fails when the text is "fail".
func echo() server.ServerTool {
	spec := tool.Spec{
		Name: "echo", Title: "Echo", Description: "Say it again.", Hints: tool.Hints{ReadOnly: true},
		Params: []tool.Param{
			tool.String("text", "What to say.").Required().AtMost(10),
			tool.Number("number", "Any number."),
			tool.Integer("count", "How often.", 1, 3).Default(1),
		},
	}
	return tool.New(spec, func(_ context.Context, in arguments) (tool.Answer, error) {
		if in.Text == "fail" {
			return tool.Answer{}, errors.New("told to fail")
		}
		return tool.Answer{Text: fmt.Sprintf("%s/%s/%d", in.Text, in.Number, in.Count)}, nil
	})
}

func call(t testing.TB, raw string) (string, bool) {
	t.Helper()
	result, err := echo().Handler(t.Context(), mcp.CallToolRequest{Params: mcp.CallToolParams{RawArguments: []byte(raw)}})
	if err != nil || len(result.Content) != 1 {
		t.Fatalf("%s gave %+v and %v", raw, result, err)
	}
	return result.Content[0].(mcp.TextContent).Text, result.IsError
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"text":"hi"}`:                                 "hi//0",
		`{"text":"hi","count":2,"number":0.10}`:         "hi/0.10/2",
		`{"text":"hi","count":2.0}`:                     "hi//2",
		`{"text":"hi","count":3e0}`:                     "hi//3",
		`{"text":"hi","count":null,"number":null}`:      "hi//0",
		`{"text":"hi","number":12345678901234567890.1}`: "hi/12345678901234567890.1/0",
		`{"text":"éééééééééé"}`:                         "éééééééééé//0",
	} {
		if got, failed := call(t, raw); failed || got != want {
			t.Errorf("%s said %q (failed: %v), want %q", raw, got, failed, want)
		}
	}
}

func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		``:                           `echo needs the argument "text": What to say.`,
		`null`:                       `echo needs the argument "text"`,
		`{}`:                         `echo needs the argument "text"`,
		`{"text":null}`:              `echo needs the argument "text"`,
		`[1]`:                        "echo takes its arguments as a JSON object",
		`"x"`:                        "echo takes its arguments as a JSON object",
		`{"text":"hi","b":1,"a":1}`:  `echo has no argument "a"; it takes text, number, count`,
		`{"TEXT":"hi"}`:              `echo has no argument "TEXT"`,
		`{"text":7}`:                 `the argument "text" of echo must be a text, not 7`,
		`{"text":["x"]}`:             `must be a text, not ["x"]`,
		`{"text":""}`:                "must not be empty",
		`{"text":"  "}`:              "must not be empty",
		`{"text":"01234567890"}`:     "has 11 characters; at most 10 are allowed",
		`{"text":"hi","number":"1"}`: `must be a number, not "1"`,
		`{"text":"hi","number":{}}`:  "must be a number, not {}",
		`{"text":"hi","count":true}`: "must be a whole number, not true",
		`{"text":"hi","count":1.5}`:  "must be a whole number, not 1.5",
		`{"text":"hi","count":0}`:    "must be from 1 to 3, not 0",
		`{"text":"hi","count":4}`:    "must be from 1 to 3, not 4",
		`{"text":"hi","count":1e99}`: "must be from 1 to 3, not 1e99",
		`{"text":"fail"}`:            "told to fail",
		`{"text":"hi","number":"` + strings.Repeat("x", 100) + `"}`: `not "` + strings.Repeat("x", 39) + "…",
	} {
		if got, failed := call(t, raw); !failed || !strings.Contains(got, want) {
			t.Errorf("%s said %q (failed: %v), want %q", raw, got, failed, want)
		}
	}
}

func TestDefinition(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(echo().Tool)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"annotations":{"title":"Echo","readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false},` +
		`"description":"Say it again.","inputSchema":{"additionalProperties":false,"properties":{` +
		`"text":{"description":"What to say.","maxLength":10,"minLength":1,"type":"string"},` +
		`"number":{"description":"Any number.","type":"number"},` +
		`"count":{"default":1,"description":"How often.","maximum":3,"minimum":1,"type":"integer"}},` +
		`"required":["text"],"type":"object"},"name":"echo","title":"Echo"}`
	if string(got) != want {
		t.Errorf("the definition is\n%s\nwant\n%s", got, want)
	}
}

func FuzzArguments(f *testing.F) {
	for _, seed := range []string{`{"text":"hi","count":2}`, `{"text":{"text":1}}`, `{"count":1e999999999}`, `{"number":-0.0e-0}`, `{`, `{}{}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if got, failed := call(t, raw); got == "" || (!failed && strings.Count(got, "/") < 2) {
			t.Errorf("%s said %q (failed: %v)", raw, got, failed)
		}
	})
}
