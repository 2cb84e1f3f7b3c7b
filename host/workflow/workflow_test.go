package workflow_test

import (
	"errors"
	"strings"
	"testing"

	"switchboard/host/workflow"
)

var standup = workflow.Workflow{
	Name:   "standup",
	Prompt: "The standup of {{repo}} since {{ since }}, for {{repo}}. {{extra}}",
	Parameters: []workflow.Parameter{
		{Name: "repo"}, {Name: "since", Default: "yesterday", Optional: true}, {Name: "extra", Optional: true},
	},
}

func TestFill(t *testing.T) {
	t.Parallel()
	tests := []struct{ words, want, fault string }{
		{"repo=acme/web", "The standup of acme/web since yesterday, for acme/web. ", ""},
		{"acme/web", "The standup of acme/web since yesterday, for acme/web. ", ""},
		{"acme/web since=Monday", "The standup of acme/web since Monday, for acme/web. ", ""},
		{`repo=x since="last week"`, "The standup of x since last week, for x. ", ""},
		{`repo=x since= don't do it`, "The standup of x since , for x. don't do it", ""},
		{`repo='a "b"' extra={{repo}}`, `The standup of a "b" since yesterday, for a "b". {{repo}}`, ""},
		{"", "", "repo not given: write repo=…"},
		{"since=Monday", "", "repo not given"},
		{"rep=x", "", `standup has no parameter "rep"; it takes repo, since, extra`},
		{"repo=a since=b extra=c d", "", `"d" is one too many`},
		{`repo="x`, "", "a quote is not closed"},
	}
	for _, test := range tests {
		got, err := standup.Fill(test.words)
		if test.fault != "" {
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%q: %v, want %q", test.words, err, test.fault)
			}
			continue
		}
		if err != nil || got != test.want {
			t.Errorf("%q: %q, %v", test.words, got, err)
		}
	}
	var missing *workflow.MissingError
	if _, err := standup.Fill(""); !errors.As(err, &missing) || len(missing.Names) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	if err := standup.Check(); err != nil {
		t.Error(err)
	}
	tests := []struct {
		w     workflow.Workflow
		fault string
	}{
		{workflow.Workflow{Name: "Stand up", Prompt: "x"}, "small letters"},
		{workflow.Workflow{Name: "a", Prompt: " "}, "no prompt"},
		{workflow.Workflow{Name: "a", Prompt: "{{b}}"}, "a blank {{b}}"},
		{workflow.Workflow{Name: "a", Prompt: "b", Parameters: []workflow.Parameter{{Name: "b"}}}, "write {{b}} where it belongs"},
	}
	for _, test := range tests {
		if err := test.w.Check(); err == nil || !strings.Contains(err.Error(), test.fault) {
			t.Errorf("%+v: %v, want %q", test.w, err, test.fault)
		}
	}
	if got := standup.Usage(); got != "repo=… [since=yesterday] [extra=]" {
		t.Errorf("used as %q", got)
	}
}

func FuzzFill(f *testing.F) {
	f.Add("repo=a since='b c' d")
	f.Add(`"`)
	f.Fuzz(func(t *testing.T, words string) {
		got, err := standup.Fill(words)
		if err == nil && !strings.HasPrefix(got, "The standup of ") {
			t.Errorf("%q became %q", words, got)
		}
	})
}
