package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"

	"switchboard/host/server"
)

func TestOffers(t *testing.T) {
	t.Parallel()
	l := ready(t, "-offers=3")
	i := l.awaitInspection("offers", func(i server.Inspection) bool { return len(i.Prompts) == 3 })
	r, tm, p := i.Resources[2], i.Templates[1], i.Prompts[0]
	if len(i.Resources) != 3 || r.Server != "fixture" || r.URI != "mem://2" || r.Name.Raw() != "r2" || r.MIME != "text/plain" || r.Size != 2 {
		t.Errorf("resources %+v", i.Resources)
	}
	if len(i.Templates) != 3 || tm.URITemplate != "mem://{id}/1" || tm.Name.Raw() != "t1" {
		t.Errorf("templates %+v", i.Templates)
	}
	if p.Name != "p0" || p.Description.Raw() != "says 0" || len(p.Arguments) != 1 || !p.Arguments[0].Required || p.Arguments[0].Name != "who" {
		t.Errorf("prompt %+v", p)
	}
	l.call("offer", `{}`)
	l.awaitInspection("one more resource", func(i server.Inspection) bool { return len(i.Resources) == 4 })
	if len(l.Resources()) != 4 || len(l.Templates()) != 3 || len(l.Prompts()) != 3 {
		t.Errorf("%d resources, %d templates, %d prompts", len(l.Resources()), len(l.Templates()), len(l.Prompts()))
	}
}

// A server that declares lists and knows none of the methods, or leaves them
// unanswered, is as ready as any other.
func TestOffersThatAreNone(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{
		"unknown":    {"-offers=3", "-nooffers"},
		"unanswered": {"-offers=3", "-mute=resources/list,prompts/list"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := ready(t, flags...)
			l.call("echo", `{}`)
			if st := l.Status(); !st.Reason.Empty() {
				t.Errorf("reason %q", st.Reason.Raw())
			}
			if len(l.Resources()) != 0 || len(l.Prompts()) != 0 {
				t.Errorf("resources %v, prompts %v", l.Resources(), l.Prompts())
			}
		})
	}
}

// A modern server tells of its lists only to those who subscribe.
func TestOffersOfModernServer(t *testing.T) {
	t.Parallel()
	s := mcpserver.NewMCPServer("sdk", "1", mcpserver.WithToolCapabilities(true), mcpserver.WithResourceCapabilities(true, true), mcpserver.WithInstructions("be kind"))
	add := func(uri string) {
		s.AddResource(mcp.NewResource(uri, uri), func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: uri, Text: "x"}}, nil
		})
	}
	add("mem://a")
	s.AddTool(mcp.NewTool("grow"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		add("mem://b")
		return mcp.NewToolResultText("grown"), nil
	})
	l := run(t, serve(t, mcpserver.NewStreamableHTTPServer(s)), server.Options{})
	l.awaitState(server.Ready)
	i := l.awaitInspection("resource", func(i server.Inspection) bool { return len(i.Resources) == 1 })
	if h := i.Handshake; h.How != "server/discover" || h.Protocol != mcp.ProtocolVersion20260728 || h.Instructions.Raw() != "be kind" {
		t.Errorf("handshake %+v", h)
	}
	l.call("grow", `{}`)
	i = l.awaitInspection("second resource", func(i server.Inspection) bool { return len(i.Resources) == 2 })
	found := false
	for _, m := range i.Wire {
		found = found || m.Kind == server.WireResponse && m.Method == "tools/call" && strings.Contains(string(m.Body), "grown")
	}
	if !found {
		t.Error("the answer to the call is not in the record")
	}
}

func TestHandshakeSaysWhatWasRefused(t *testing.T) {
	t.Parallel()
	l := ready(t, "-era=modern")
	if how := l.Inspect().Handshake.How; !strings.HasPrefix(how, "server/discover, because initialize was refused: ") {
		t.Errorf("stdio: %q", how)
	}
	handler := legacyOnly(mcpserver.NewStreamableHTTPServer(sdkServer()), func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadRequest) })
	web := run(t, serve(t, handler), server.Options{})
	web.awaitState(server.Ready)
	if how := web.Inspect().Handshake.How; !strings.HasPrefix(how, "initialize, because server/discover was refused: ") || !strings.Contains(how, "400") {
		t.Errorf("HTTP: %q", how)
	}
}

// A changed list says how it changed; one that cannot be renewed stays, grows old
// and says so.
func TestListsGrowOld(t *testing.T) {
	t.Parallel()
	l := ready(t, "-tools=a,b", "-failwhen=broken")
	listed := l.Status().Listed
	l.call("add", `{"name":"c"}`)
	st := l.await("delta", func(st server.Status) bool { return st.Delta != "" })
	if st.Delta != "+1 tools" || !st.Listed.After(listed) || st.Tools != 4 {
		t.Errorf("%+v", st)
	}
	l.call("add", `{"name":"broken"}`)
	st = l.await("reason", func(st server.Status) bool { return !st.Reason.Empty() })
	if !strings.HasPrefix(st.Reason.Raw(), "the tool list is ") || !strings.Contains(st.Reason.Raw(), " old, its refresh failed: ") || st.Tools != 4 {
		t.Errorf("%+v", st)
	}
	if i := l.Inspect(); len(i.Tools) != 4 || time.Since(i.Status.Listed) <= 0 {
		t.Errorf("%d tools listed at %v", len(i.Tools), i.Status.Listed)
	}
}
