package policy_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/policy"
)

func TestRulesWithArguments(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, out string }{
		{"g/t(owner=acme, repo=*)", ""},
		{"g/t()", ""},
		{"g/t( )", "g/t()"},
		{"g/t(b=2,a=1)", "g/t(a=1, b=2)"},
		{"g/t( a = x y , b = z )", "g/t(a=x y, b=z)"},
		{`g/t(a="acme")`, "g/t(a=acme)"},
		{`g/t(a="5")`, ""},
		{`g/t(a="true")`, ""},
		{`g/t(a="")`, ""},
		{`g/t(a="a*")`, ""},
		{`g/t(a=" x")`, ""},
		{`g/t(a="x,y")`, ""},
		{`g/t(a="x  y")`, "g/t(a=x  y)"},
		{`g/t(a="x,  y")`, `g/t(a="x, \u0020y")`},
		{"g/t(a=1.50e1)", "g/t(a=15)"},
		{"g/t(a=0.00001)", ""},
		{"g/t(a=1e30)", ""},
		{"g/t(a=-1.5)", ""},
		{`g/t(a=[1, {"x": "<y>"}])`, `g/t(a=[1,{"x":"<y>"}])`},
		{`g/t(a={"b":null}, c=false)`, ""},
		{`g/t("my arg"=x, b=y)`, `g/t(b=y, "my arg"=x)`},
		{`g/t("plain"=x)`, "g/t(plain=x)"},
		{`g/t(""=x)`, ""},
		{`g/t(a="\u200b")`, ""},
		{`g/t(a=/data/*, b=https://x.org/*)`, ""},
		{`my (odd) server/t(a=b)`, ""},
		{`g/t(a=C:\work\*)`, ""},
		{`g/t(a=日本*)`, ""},
	}
	for _, test := range tests {
		want := test.out
		if want == "" {
			want = test.in
		}
		r, err := policy.ParseRule(test.in)
		if err != nil || r.String() != want {
			t.Errorf("%s is printed as %s (%v), want %s", test.in, r, err, want)
		}
	}
}

func TestRulesWithArgumentsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"g/t(", "has no value"},
		{"g/t(a", "has no value"},
		{"g/t(a=", "it has no value"},
		{"g/t(a=b", "neither a comma nor"},
		{"g/t(a=b,)", "has no value"},
		{"g/t(a=b) ", "something follows"},
		{"g/t(a=b)(c=d)", "something follows"},
		{"g/t(a=b, a=c)", `"a" twice`},
		{`g/t("a"=b, a=c)`, `"a" twice`},
		{"g/t(a b=c)", "needs to stand in quotes"},
		{"g/t(=c)", "needs to stand in quotes"},
		{`g/t("a")`, "has no value"},
		{`g/t("a=b)`, "no JSON"},
		{"g/t(a=x(y)", "needs to stand in quotes"},
		{`g/t(a=x"y)`, "needs to stand in quotes"},
		{`g/t(a={"x": 1, "x": 2})`, "stands twice"},
		{`g/t(a={"x")`, "is no JSON"},
		{"g/t(a=x\u200by)", "cannot be seen"},
		{"g/t(a=\"x\u200by\")", "cannot be seen"},
		{`g/t(a="\ud800")`, "not Unicode"},
		{"g/t)", "parenthesis"},
		{"g(a=b)", "no slash"},
	}
	for _, test := range tests {
		_, err := policy.ParseRule(test.in)
		if err == nil {
			t.Errorf("%q was accepted", test.in)
			continue
		}
		if !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "github/get_*") {
			t.Errorf("%q: %v; want %q and an example", test.in, err, test.want)
		}
	}
}

func TestExact(t *testing.T) {
	t.Parallel()
	v, err := policy.Exact(json.RawMessage(` {"b": 1.0, "a": "x"} `))
	if err != nil || v.String() != `{"a":"x","b":1}` {
		t.Errorf("got %s, %v", v, err)
	}
	for _, bad := range []string{"", "{", `{"a":1,"a":2}`, `"\udc00"`} {
		if v, err := policy.Exact(json.RawMessage(bad)); err == nil {
			t.Errorf("%q became %s", bad, v)
		}
	}
}

// values draws what an argument may be, awkward texts above all.
func values() *rapid.Generator[any] {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab1*?,()\"= \\/{}[]é\u200b\u202e\x00\U000e0041👨‍👩")), 0, 6, -1)
	return rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return rapid.Float64Range(-1e9, 1e9).Draw(t, "number")
		case 1:
			return rapid.Int64().Draw(t, "whole number")
		case 2:
			return rapid.SampledFrom([]any{true, false, nil, "true", "null", "-1", "1e5"}).Draw(t, "word")
		case 3:
			return map[string]any{text.Draw(t, "name"): text.Draw(t, "inner")}
		case 4:
			return []any{text.Draw(t, "element"), 1}
		}
		return text.Draw(t, "text")
	})
}

// A rule made of a call's own arguments covers them, is printed without anything
// hidden, and is the same when it is read back.
func TestSuggestedRulesPrintAndParse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		arguments := rapid.MapOfN(rapid.OneOf(rapid.StringMatching(`[a-c]{1,2}`), rapid.StringN(0, 3, -1)), values(), 0, 4).Draw(t, "arguments")
		raw, err := json.Marshal(arguments)
		if err != nil {
			t.Fatal(err)
		}
		c := call(catalog.ID{Server: "s", Tool: "t"})
		c.Arguments = raw
		var pointedAt []string
		for name := range arguments {
			if rapid.Bool().Draw(t, "pointed at") {
				pointedAt = append(pointedAt, name)
			}
		}
		r, err := policy.Suggest(c, pointedAt)
		if err != nil {
			if strings.Contains(string(raw), "\ufffd") || strings.Contains(string(raw), `\ufffd`) {
				return // drawn by chance, and cannot be told from what is no Unicode
			}
			t.Fatal(err)
		}
		if d := policy.New(r).Decide(c); d.Effect != policy.Allow {
			t.Fatalf("%s does not cover %s: %v", r, raw, d.Reasons)
		}
		again, err := policy.ParseRule(r.String())
		again.Effect = r.Effect
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("%s became %+v, %v", r, again, err)
		}
		if clean.Line(r.String()) != r.String() {
			t.Fatalf("%q hides something", r)
		}
	})
}

func FuzzParseRule(f *testing.F) {
	for _, s := range []string{
		"", "a/b", "*/?", "a/b/c", "a/[", "\xff/\x00", " / ", "a/b()", "a/b(c=d, e=*)", `a/b("c d"="e\u0041", f={"g":[1.50,null]})`,
		"a/b(c=1e999999999999999999)", "a/b(c=x\u200b)", "a/b(c=0.0000000000000000000000001)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := policy.ParseRule(s)
		if err != nil {
			if clean.Line(err.Error()) != err.Error() {
				t.Errorf("%q: the error is not safe to show: %q", s, err)
			}
			return
		}
		printed := r.String()
		again, err := policy.ParseRule(printed)
		if err != nil || !reflect.DeepEqual(again, r) || again.String() != printed {
			t.Errorf("%q is printed as %q and read back as %+v, %v", s, printed, again, err)
		}
		if clean.Line(printed) != printed {
			t.Errorf("%q is printed as %q, which hides something", s, printed)
		}
	})
}

// Whatever a server or a model calls arguments, reading them neither fails badly
// nor lets an allow that names none cover some.
func FuzzArguments(f *testing.F) {
	for _, s := range []string{"", "{}", `{"a":1}`, `{"a":1,"a":2}`, `{"a":"\ud800"}`, "[", `{"a":1e99999999999}`, "{\"\xff\":0}"} {
		f.Add([]byte(s))
	}
	none := policy.New(rule(policy.Allow, "s/t()"))
	some := policy.New(rule(policy.Deny, "s/t(a=*)"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := call(catalog.ID{Server: "s", Tool: "t"})
		c.Arguments = raw
		empty := strings.TrimSpace(string(raw)) == ""
		var object map[string]any
		if none.Decide(c).Effect == policy.Allow && !empty && (json.Unmarshal(raw, &object) != nil || len(object) > 0) {
			t.Errorf("%q passed for no arguments", raw)
		}
		if json.Unmarshal(raw, &object) == nil && some.Decide(c).Effect != policy.Deny {
			if _, there := object["a"]; there {
				t.Errorf("%q passed a deny of a", raw)
			}
		}
	})
}
