package clean_test

import (
	"reflect"
	"testing"

	"switchboard/host/clean"
)

func TestMemberValues(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"compact", " { \"a\" : [ 1 , true , null ] } ", `{"a":[1,true,null]}`},
		{"order is kept", `{"b":1,"a":2}`, `{"b":1,"a":2}`},
		{"a name twice", `{"path":"/tmp","path":"/etc"}`, `{"path":"/tmp","path":"/etc"}`},
		{"numbers as spelled", `[1.0,1e400,123456789012345678901234567890,-0]`, `[1.0,1e400,123456789012345678901234567890,-0]`},
		{"escapes that disguise", `"\u0072\u006d -rf \/"`, `"rm -rf /"`},
		{"escapes that JSON needs", `"a\"b\\c\nd"`, `"a\"b\\c\nd"`},
		{"no HTML escapes", `"\u003cb\u003e&"`, `"<b>&"`},
		{"hidden behind an escape", `"a\u202eb"`, `"a‹U+202E›b"`},
		{"hidden as it is", "\"a\u202eb\"", `"a‹U+202E›b"`},
		{"emoji by surrogates", `"\ud83d\ude00"`, `"😀"`},
		{"half a surrogate", `"x\ud83d"`, `"x\ud83d"`},
		{"stray byte", "\"x\xff\"", `"x‹FF›"`},
		{"control behind an escape", `"\u001b[2J\u007f"`, `"\u001b[2J␡"`},
		{"spaces push", `"a                    b"`, `"a␠×20b"`},
		{"hidden in a name", `{"\u200b":1}`, `{"‹U+200B›":1}`},
		{"scalar", `"x"`, `"x"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, ok := clean.Members([]byte(`{"v":` + test.in + `}`))
			if !ok || len(got) != 1 || got[0].Value != test.want {
				t.Errorf("%q is shown as %+v\nwant %s", test.in, got, test.want)
			}
		})
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	const object = ` { "b" : {"x":[1,"}",{"y":2}]}, "a\"," : "1,2", "a" : 3, "a" : "\u202e", "n\u200b": [] } `
	want := []clean.Member{
		{Name: "b", Value: `{"x":[1,"}",{"y":2}]}`},
		{Name: `a",`, Value: `"1,2"`},
		{Name: "a", Value: "3"},
		{Name: "a", Value: `"‹U+202E›"`, Hidden: 1},
		{Name: "n‹U+200B›", Value: "[]", Hidden: 1},
	}
	got, ok := clean.Members([]byte(object))
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("Members = %v %+v\nwant %+v", ok, got, want)
	}
}

func TestMembersOfWhatHasNone(t *testing.T) {
	t.Parallel()
	if got, ok := clean.Members([]byte(` { } `)); !ok || len(got) != 0 {
		t.Errorf("of an empty object: %v %v", got, ok)
	}
	for _, other := range []string{"", "[]", "1", `"{}"`, "null", "{", `{"a":}`} {
		if got, ok := clean.Members([]byte(other)); ok {
			t.Errorf("of %q: %v", other, got)
		}
	}
}
