package server_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"switchboard/host/server"
)

func TestPages(t *testing.T) {
	t.Parallel()
	all := []string{"a", "b", "c", "d", "e", "echo"}
	cases := map[string]struct {
		flags  []string
		want   []string
		notice string
	}{
		"one page":          {[]string{"-pages=1"}, all, ""},
		"three pages":       {[]string{"-pages=3"}, all, ""},
		"an empty cursor":   {[]string{"-pages=3", "-cursor=empty"}, all, ""},
		"a circle":          {[]string{"-pages=2", "-cursor=same"}, all, `cursor "again" came twice`},
		"no end":            {[]string{"-pages=2", "-cursor=endless"}, all, "more than 64 pages"},
		"second page fails": {[]string{"-pages=2", "-failpage=2"}, all[:3], "page 2 of its tools failed: error -32050: the index is rebuilding"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := ready(t, append(c.flags, "-tools=a,b,c,d,e")...)
			if got := l.toolNames(); !slices.Equal(got, c.want) {
				t.Errorf("tools %v, want %v", got, c.want)
			}
			if got := l.Status().Reason.Raw(); !strings.Contains(got, c.notice) || (c.notice == "") != (got == "") {
				t.Errorf("reason %q, want %q", got, c.notice)
			}
		})
	}
}

func TestTooManyTools(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 600 {
		names = append(names, fmt.Sprintf("t%03d", i))
	}
	l := ready(t, "-tools="+strings.Join(names, ","), "-pages=3")
	if got := l.Status(); got.Tools != 512 || !strings.Contains(got.Reason.Raw(), "only the first 512 are used") {
		t.Errorf("%d tools, %q", got.Tools, got.Reason.Raw())
	}
}

// One bad tool costs itself, and a schema stays as it came.
func TestBadTools(t *testing.T) {
	t.Parallel()
	odd := `{"type":["object","null"],"anyOf":[{"required":["b","a"]}],"$schema":"x","properties":{"b":true,"a":{}},"required":true}`
	raw := `[{"name":"odd","inputSchema":` + odd + `},
		{"name":"true","inputSchema":true},
		{"name":"null","inputSchema":null,"description":17,"title":{},"annotations":[]},
		{"name":"","inputSchema":{}}, {"inputSchema":{}}, 17, "x", null, {"name":42},
		{"name":"twice","title":"First"}, {"name":"twice","title":"Second"},
		{"name":"hints","annotations":{"title":"T","readOnlyHint":true,"destructiveHint":false,"openWorldHint":"no","idempotentHint":null}}]`
	l := ready(t, "-raw="+raw)
	want := []string{"odd", "true", "null", "twice", "hints", "echo"}
	if got := l.toolNames(); !slices.Equal(got, want) {
		t.Fatalf("tools %v, want %v", got, want)
	}
	tools := l.Tools()
	var compact json.RawMessage = tools[0].Schema
	if string(compact) != odd {
		t.Errorf("schema %s, want %s", compact, odd)
	}
	if string(tools[1].Schema) != `{"type":"object"}` || string(tools[2].Schema) != `{"type":"object"}` || string(tools[3].Schema) != `{"type":"object"}` {
		t.Errorf("schemas that are none became %s, %s, %s", tools[1].Schema, tools[2].Schema, tools[3].Schema)
	}
	if tools[3].Title.Raw() != "First" {
		t.Errorf("of two tools of one name %q was kept", tools[3].Title.Raw())
	}
	h := tools[4]
	if h.Title.Raw() != "T" || !h.Hints.ReadOnly || h.Hints.Destructive || !h.Hints.OpenWorld || h.Hints.Idempotent {
		t.Errorf("hints %+v, title %q", h.Hints, h.Title.Raw())
	}
	reason := l.Status().Reason.Raw()
	if !strings.Contains(reason, "6 tools were left out because they have no usable name") ||
		!strings.Contains(reason, "1 tool was left out because it repeats a name") {
		t.Errorf("reason %q", reason)
	}
	l.call("odd", `{}`)
}

func TestListChanges(t *testing.T) {
	t.Parallel()
	for _, era := range []string{"legacy", "modern"} {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			l := ready(t, "-era="+era, "-mute=subscriptions/listen")
			l.call("add", `{"name":"new"}`)
			st := l.await("two tools", func(st server.Status) bool { return st.Tools == 2 })
			if st.Catalog != 2 || !slices.Contains(l.toolNames(), "new") {
				t.Errorf("catalogue %d, tools %v", st.Catalog, l.toolNames())
			}
		})
	}
}

// Twenty thousand notices of a changed list cost a refresh or two, and calls
// go through meanwhile.
func TestListChangeFlood(t *testing.T) {
	t.Parallel()
	l := ready(t, "-flood=1000")
	l.call("flood", `{"n":20000}`)
	l.call("echo", `{}`)
	l.call("add", `{"name":"new"}`)
	l.await("two tools", func(st server.Status) bool { return st.Tools == 2 })
	if n := len(l.states()); n > 3 {
		t.Errorf("%d changes of state", n)
	}
}
