package servertest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// offer answers requests about resources and prompts. It says false for others,
// and for all when the fixture is to know none.
func (p *peer) offer(m message) bool {
	if p.flags.Offers == 0 || p.flags.NoOffers {
		return false
	}
	p.mu.Lock()
	more := p.more
	p.mu.Unlock()
	switch m.Method {
	case "resources/list":
		p.elements(m, "resources", p.flags.Offers+more, `{"uri":"mem://%[1]d","name":"r%[1]d","mimeType":"text/plain","size":%[1]d}`)
	case "resources/templates/list":
		p.elements(m, "resourceTemplates", p.flags.Offers, `{"uriTemplate":"mem://{id}/%[1]d","name":"t%[1]d"}`)
	case "prompts/list":
		p.elements(m, "prompts", p.flags.Offers, `{"name":"p%[1]d","description":"says %[1]d","arguments":[{"name":"who","required":true}]}`)
	case "resources/read":
		p.contents(m)
	default:
		return false
	}
	return true
}

// elements answers with n elements made from a form.
func (p *peer) elements(m message, key string, n int, form string) {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(form, i)
	}
	p.result(m, fmt.Sprintf(`{%q:[%s]}`, key, strings.Join(all, ",")))
}

// contents answers with a text and a picture, or with what the address asks for.
func (p *peer) contents(m message) {
	var params struct {
		URI string `json:"uri"`
	}
	_ = json.Unmarshal(m.Params, &params)
	switch params.URI {
	case "mem://missing":
		p.fail(m, -32002, "resource not found", "")
	case "mem://nothing":
		p.result(m, `{}`)
	default:
		p.result(m, fmt.Sprintf(`{"contents":[{"uri":%[1]q,"mimeType":"text/plain","text":"the text of %[1]s"},`+
			`{"uri":%[1]q,"mimeType":"image/png","blob":"AAAA"}]}`, params.URI))
	}
}
