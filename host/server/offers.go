package server

import (
	"context"
	"encoding/json"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// maxOffers bounds the resources, the templates and the prompts of a server, each.
const maxOffers = 1000

// Resources is the last list of resources, kept when the server dies. The caller
// must not change it.
func (s *Server) Resources() []catalog.Resource { return s.book.offered().resources }

// Templates is the last list of resource templates; see [Server.Resources].
func (s *Server) Templates() []catalog.Template { return s.book.offered().templates }

// Prompts is the last list of prompts; see [Server.Resources].
func (s *Server) Prompts() []catalog.Prompt { return s.book.offered().prompts }

// Offered is closed once resources, templates and prompts were listed for the first
// time, which happens beside a server's being ready.
func (s *Server) Offered() <-chan struct{} { return s.book.firstOffers }

// followOffers lists resources and prompts and lists them again when the server
// says that they changed. It has no part in the server's being ready.
func (l *life) followOffers(s *session) {
	l.s.book.mu.Lock()
	declared := l.s.book.declared
	l.s.book.mu.Unlock()
	if !declared.has("resources") && !declared.has("prompts") {
		l.s.book.offer(offers{})
		return
	}
	l.tasks.Go("listing what else "+s.server+" offers", func() {
		for {
			l.s.listOffers(l.ctx, s, declared)
			if !l.offersChanged() {
				return
			}
		}
	})
}

// offersChanged waits for word of a change, and a moment longer because such words
// come in bursts. It says false when the life is over.
func (l *life) offersChanged() bool {
	select {
	case <-l.ctx.Done():
		return false
	case <-l.offersNews:
	}
	timer := time.NewTimer(refreshInterval)
	defer timer.Stop()
	select {
	case <-l.ctx.Done():
		return false
	case <-timer.C:
	}
	select {
	case <-l.offersNews: // of before the list that comes now
	default:
	}
	return true
}

// told passes on news that is not of tools or calls.
func (l *life) told(n mcp.JSONRPCNotification) {
	switch n.Method {
	case string(mcp.MethodNotificationMessage):
		l.s.book.logged(n)
	case mcp.MethodNotificationResourcesListChanged, mcp.MethodNotificationPromptsListChanged:
		signal(l.offersNews)
	case mcp.MethodNotificationSubscriptionsAcknowledged:
		// What changed before the subscription, the first or one after a broken
		// stream, was told to nobody.
		signal(l.listChanged)
		signal(l.offersNews)
	}
}

// listOffers lists what was declared. A list that fails leaves the old one.
func (s *Server) listOffers(ctx context.Context, session *session, declared capabilities) {
	ctx, cancel := context.WithTimeout(ctx, s.startTimeout())
	defer cancel()
	o := s.book.offered()
	if declared.has("resources") {
		o.resources = listed(ctx, session, o.resources, mcp.MethodResourcesList, "resources", "resources", decodeResource)
		o.templates = listed(ctx, session, o.templates, mcp.MethodResourcesTemplatesList, "resourceTemplates", "resource templates", decodeTemplate)
	}
	if declared.has("prompts") {
		o.prompts = listed(ctx, session, o.prompts, mcp.MethodPromptsList, "prompts", "prompts", decodePrompt)
	}
	s.book.offer(o)
	s.touch(func(st *Status) { st.Offers++ })
}

func (b *book) offer(o offers) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.offers = o
	b.changed()
	b.offering.Do(func() { close(b.firstOffers) })
}

// listed asks for one list. A server that declared resources need not have
// templates: the error for an unknown method then means none.
func listed[T any](ctx context.Context, s *session, old []T, method mcp.MCPMethod, key, noun string,
	decode func(server string, raw json.RawMessage) (T, bool),
) []T {
	var all []T
	p := &pager{method: method, key: key, noun: noun, take: func(raw json.RawMessage) bool {
		if one, ok := decode(s.server, raw); ok {
			all = append(all, one)
		}
		return len(all) < maxOffers
	}}
	err := p.run(ctx, s)
	if err != nil && !isUnknownMethod(err) {
		return old
	}
	return all
}

func decodeResource(server string, raw json.RawMessage) (catalog.Resource, bool) {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(raw, &fields)
	r := catalog.Resource{
		Server: server, URI: text(fields["uri"]), Name: clean.Foreign(text(fields["name"])),
		Title: clean.Foreign(text(fields["title"])), Description: clean.Foreign(text(fields["description"])),
		MIME: text(fields["mimeType"]),
	}
	if json.Unmarshal(fields["size"], &r.Size) != nil || r.Size < 0 {
		r.Size = 0
	}
	return r, r.URI != ""
}

func decodeTemplate(server string, raw json.RawMessage) (catalog.Template, bool) {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(raw, &fields)
	t := catalog.Template{
		Server: server, URITemplate: text(fields["uriTemplate"]), Name: clean.Foreign(text(fields["name"])),
		Title: clean.Foreign(text(fields["title"])), Description: clean.Foreign(text(fields["description"])),
		MIME: text(fields["mimeType"]),
	}
	return t, t.URITemplate != ""
}

func decodePrompt(server string, raw json.RawMessage) (catalog.Prompt, bool) {
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(raw, &fields)
	p := catalog.Prompt{
		Server: server, Name: text(fields["name"]),
		Title: clean.Foreign(text(fields["title"])), Description: clean.Foreign(text(fields["description"])),
	}
	var arguments []map[string]json.RawMessage
	_ = json.Unmarshal(fields["arguments"], &arguments)
	for _, a := range arguments {
		one := catalog.PromptArgument{Name: text(a["name"]), Description: clean.Foreign(text(a["description"]))}
		flag(a["required"], &one.Required)
		if one.Name != "" {
			p.Arguments = append(p.Arguments, one)
		}
	}
	return p, p.Name != ""
}
