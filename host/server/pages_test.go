package server

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
	"switchboard/host/task"
)

// A scripted wire answers every request by a function.
type scripted struct {
	transport.Interface
	answer func(n int, method string, params json.RawMessage) string
	asked  int
}

func (s *scripted) SendRequest(_ context.Context, r transport.JSONRPCRequest) (*transport.JSONRPCResponse, error) {
	s.asked++
	body, _ := json.Marshal(r.Params)
	return &transport.JSONRPCResponse{Result: json.RawMessage(s.answer(s.asked, r.Method, body))}, nil
}

func scriptedSession(answer func(n int, method string, params json.RawMessage) string) (*session, *scripted) {
	wire := &scripted{answer: answer}
	s := newSession("s", wire, mcp.Implementation{}, &task.Group{})
	s.hasTool = true
	return s, wire
}

// Whatever pages a server has, the list ends, keeps what came, and says what it
// left out.
func TestEndlessPages(t *testing.T) {
	t.Parallel()
	page := func(n, tools, size int, cursor string) string {
		var all []string
		for i := range tools {
			all = append(all, fmt.Sprintf(`{"name":"t%d-%d","description":%q}`, n, i, strings.Repeat("x", size)))
		}
		return fmt.Sprintf(`{"tools":[%s],"nextCursor":%s}`, strings.Join(all, ","), cursor)
	}
	cases := map[string]struct {
		answer func(n int, method string, params json.RawMessage) string
		asked  int
		tools  int
		notice string
	}{
		"the same cursor": {func(n int, _ string, _ json.RawMessage) string { return page(n, 1, 9, `"x"`) }, 2, 2, `cursor "x" came twice`},
		"new cursors":     {func(n int, _ string, _ json.RawMessage) string { return page(n, 1, 9, fmt.Sprint(`"`, n, `"`)) }, 64, 64, "more than 64 pages"},
		"no elements":     {func(n int, _ string, _ json.RawMessage) string { return page(n, 0, 0, fmt.Sprint(`"`, n, `"`)) }, 64, 0, "more than 64 pages"},
		"many tools":      {func(n int, _ string, _ json.RawMessage) string { return page(n, 300, 9, fmt.Sprint(`"`, n, `"`)) }, 2, 512, "more than 512 tools"},
		"large tools":     {func(n int, _ string, _ json.RawMessage) string { return page(n, 3, 2<<20, fmt.Sprint(`"`, n, `"`)) }, 3, 7, "larger than 16 MiB"},
		"odd cursors":     {func(n int, _ string, _ json.RawMessage) string { return page(n, 1, 9, `{"a":1}`) }, 1, 1, ""},
		"null":            {func(n int, _ string, _ json.RawMessage) string { return page(n, 1, 9, `null`) }, 1, 1, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, wire := scriptedSession(c.answer)
			l := s.listTools(t.Context())
			if l.err != nil || len(l.tools) != c.tools || wire.asked != c.asked {
				t.Errorf("%d tools on %d pages, %v", len(l.tools), wire.asked, l.err)
			}
			if got := l.notice.Raw(); !strings.Contains(got, c.notice) || (c.notice == "") != (got == "") {
				t.Errorf("notice %q", got)
			}
		})
	}
}

// Lists of other things are bounded in the same way.
func TestOffersAreBounded(t *testing.T) {
	t.Parallel()
	s, wire := scriptedSession(func(n int, _ string, _ json.RawMessage) string {
		return `{"prompts":[` + strings.Repeat(`{"name":"p"},7,{},`, 300) + fmt.Sprintf(`null],"nextCursor":"%d"}`, n)
	})
	all := listed(t.Context(), s, nil, mcp.MethodPromptsList, "prompts", "prompts", decodePrompt)
	if len(all) != maxOffers || wire.asked != 4 {
		t.Errorf("%d prompts on %d pages", len(all), wire.asked)
	}
}

func TestNoList(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`[]`, `7`, `{"tools":7}`, `{"tools":{}}`} {
		s, _ := scriptedSession(func(int, string, json.RawMessage) string { return answer })
		if l := s.listTools(t.Context()); l.err == nil || !strings.Contains(l.err.Error(), "is no list of tools") {
			t.Errorf("%s gives %v", answer, l.err)
		}
	}
	s, _ := scriptedSession(func(int, string, json.RawMessage) string { return `{}` })
	if l := s.listTools(t.Context()); l.err != nil || len(l.tools) != 0 {
		t.Errorf("a list left out gives %v", l.err)
	}
}

func TestDelta(t *testing.T) {
	t.Parallel()
	for want, list := range map[string][2]string{
		"":                       {"a b", "b a"},
		"+1 tools":               {"a", "a b"},
		"−1 tools":               {"a b", "a"},
		"+2 −1 tools":            {"a b", "b c d"},
		"1 changed":              {"a b", "a! b"},
		"+1 −1 tools, 1 changed": {"a b", "a! c"},
	} {
		s, _ := scriptedSession(func(n int, _ string, _ json.RawMessage) string {
			var all []string
			for name := range strings.FieldsSeq(list[n-1]) {
				plain, changed := strings.CutSuffix(name, "!")
				all = append(all, fmt.Sprintf(`{"name":%q,"description":"%v"}`, plain, changed))
			}
			return `{"tools":[` + strings.Join(all, ",") + `]}`
		})
		before, after := s.listTools(t.Context()), s.listTools(t.Context())
		if got := delta(before.tools, after.tools, time.Now()); got != want {
			t.Errorf("from %s to %s is %q, want %q", list[0], list[1], got, want)
		}
	}
}

func TestDecodeContents(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"contents":[]}`:                                             "",
		`{"contents":[{"text":"a"},{"text":"b"}]}`:                    "a\nb",
		`{"contents":[{"blob":"QUJD","mimeType":"x/y"}]}`:             "[blob x/y, 3 bytes]",
		`{"contents":[{"blob":"QUI="}]}`:                              "[blob of unknown type, 2 bytes]",
		`{"contents":[7,{"text":5},{"text":"c"}]}`:                    "[content that makes no sense, 1 bytes]\n[content that makes no sense, 10 bytes]\nc",
		`{"contents":[{"uri":"x","mimeType":"text/html","text":""}]}`: "",
	} {
		text, _, _, err := decodeContents([]byte(raw))
		if err != nil || text.Raw() != want {
			t.Errorf("%s reads %q, %v", raw, text.Raw(), err)
		}
	}
	for _, raw := range []string{`{}`, `[]`, `{"contents":7}`} {
		if _, _, _, err := decodeContents([]byte(raw)); err == nil {
			t.Errorf("%s is no error", raw)
		}
	}
}

func TestLogText(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"a"`: "a", `{"message":"b"}`: "b", `{"message":"b","n":1}`: `{"message":"b","n":1}`, `[1,"x"]`: `[1,"x"]`, `null`: "null",
	} {
		var data any
		_ = json.Unmarshal([]byte(raw), &data)
		if got := logText(data); got != want {
			t.Errorf("%s reads %q", raw, got)
		}
	}
}

// What the server writes as log message is masked, bounded and never blocks.
func TestLogged(t *testing.T) {
	t.Parallel()
	b := testBook()
	for _, fields := range []map[string]any{nil, {"level": 7, "logger": []any{}, "data": nil}, {"level": strings.Repeat("x", 999), "data": strings.Repeat("y", 1<<20)}} {
		n := mcp.JSONRPCNotification{}
		n.Params.AdditionalFields = fields
		b.logged(n)
	}
	lines, _ := b.log.All()
	if len(lines) != 3 || len(lines[2].Level) > 2*maxLevel || len(lines[2].Text.Raw()) > 9000 {
		t.Errorf("%d lines, level of %d, text of %d bytes", len(lines), len(lines[2].Level), len(lines[2].Text.Raw()))
	}
	if b.masked(clean.Foreign("x")).Raw() != "x" {
		t.Error("what is no secret is masked")
	}
}
