package inspector

import (
	"fmt"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
	"switchboard/ui/list"
)

// resources is what the server lets one read.
type resources struct {
	*subject
	list   list.List[string] // by URI or URI template
	byURI  map[string]source
	filter list.Filter
	room   int

	open string     // the one that is looked at; "" for none
	uri  form.Field // of a template: what one makes of it
	fill bool       // one types into uri
	page page
	held quote // what the open one holds, laid out
	// contents are what was read, by URI; waits is the one that is being read.
	contents map[string]host.ResourceRead
	waits    string
	column   int
}

// A source is a resource or a family of them.
type source struct {
	uri, name, mime string
	description     clean.Text
	size            int64
	template        bool
}

func newResources(s *subject) *resources {
	return &resources{subject: s, contents: map[string]host.ResourceRead{}}
}

func (r *resources) refresh() {
	r.byURI = make(map[string]source, len(r.data.Resources)+len(r.data.Templates))
	words := r.filter.Words()
	var keys []string
	for _, s := range r.sources() {
		r.byURI[s.uri] = s
		if list.Holds(s.uri+" "+s.name+" "+s.mime+" "+s.description.Raw(), words) {
			keys = append(keys, s.uri)
		}
	}
	r.list.Set(keys)
	if _, there := r.byURI[r.open]; !there {
		r.open, r.fill = "", false
	}
}

func (r *resources) sources() []source {
	var all []source
	for _, x := range r.data.Resources {
		all = append(all, source{x.URI, firstOf(x.Title.Line(), x.Name.Line()), x.MIME, x.Description, x.Size, false})
	}
	for _, x := range r.data.Templates {
		all = append(all, source{x.URITemplate, firstOf(x.Title.Line(), x.Name.Line()), x.MIME, x.Description, 0, true})
	}
	return all
}

// read keeps what a resource holds.
func (r *resources) read(e host.ResourceRead) {
	r.contents[e.URI] = e
	if r.waits == e.URI {
		r.waits = ""
	}
}

func (r *resources) field() *form.Field {
	switch {
	case r.fill:
		return &r.uri
	case r.open == "" && r.filter.Typing:
		return r.filter.Field()
	}
	return nil
}

func (r *resources) typed() {
	if !r.fill {
		r.refresh()
	}
}

func (r *resources) cursor() (x, y int) {
	if r.fill {
		return r.column, 1
	}
	return r.filter.Column, 0
}

func (r *resources) back() bool {
	switch {
	case r.fill:
		r.fill = false
	case r.open != "":
		r.open = ""
	default:
		had := r.filter.Back()
		r.refresh()
		return had
	}
	return true
}

func (r *resources) press(key, text string) Action {
	switch {
	case r.fill:
		return r.pressURI(key, text)
	case r.open != "":
		if key == "enter" {
			return r.fetch()
		}
		r.page.press(key)
	case r.filter.Typing:
		if r.filter.Press(key, text) {
			r.refresh()
		}
	case key == "/":
		r.filter.Typing = true
	case key == "enter" || key == "space":
		r.look()
	default:
		r.list.Press(key, r.room)
	}
	return Action{}
}

func (r *resources) look() {
	if uri, ok := r.list.Key(); ok {
		r.open, r.page, r.uri = uri, page{}, form.NewField(uri)
	}
}

// pressURI takes a key while one fills a template in.
func (r *resources) pressURI(key, text string) Action {
	switch key {
	case "esc":
		r.fill = false
	case "enter":
		r.fill = false
		return r.get(r.uri.Value())
	default:
		r.uri.Press(key, text)
	}
	return Action{}
}

// fetch reads the resource that is looked at; a template has to be filled in.
func (r *resources) fetch() Action {
	if r.byURI[r.open].template {
		r.fill = true
		return Action{}
	}
	return r.get(r.open)
}

func (r *resources) get(uri string) Action {
	r.waits = uri
	delete(r.contents, uri)
	return Action{Op: host.ReadResource{Server: r.data.Status.Name, URI: uri}}
}

func (r *resources) keys() []Key {
	switch {
	case r.fill:
		return []Key{{"enter", "read it"}, {"esc", "back"}}
	case r.open != "" && r.byURI[r.open].template:
		return []Key{{"enter", "fill in and read"}, {"esc", "back"}}
	case r.open != "":
		return []Key{{"enter", "read it"}, {"esc", "back"}}
	case r.filter.Typing:
		return []Key{{"enter", "to the list"}, {"esc", "all"}}
	case len(r.byURI) == 0:
		return nil
	}
	return []Key{{"enter", "look"}, {"/", "filter"}}
}

func (r *resources) view(w, h int, now time.Time) []string {
	s := &sheet{theme: r.theme, w: w}
	switch {
	case len(r.byURI) == 0:
		s.prose(r.theme.Muted.Render("no resources"))
		return s.lines
	case r.open != "":
		r.describe(s, r.byURI[r.open])
		r.page.lines = s.lines
		return r.page.view(h)
	}
	s.filterRow(&r.filter, fmt.Sprint(len(r.list.Keys)), amount.Count(len(r.byURI), "resource"))
	r.room = max(1, h-len(s.lines))
	from, to := r.list.Window(r.room)
	for i := from; i < to; i++ {
		x := r.byURI[r.list.Keys[i]]
		s.row(clean.Line(x.uri), x.name+kindOfSource(x), i == r.list.Chosen)
	}
	return s.lines
}

func kindOfSource(x source) string {
	if x.template {
		return "  (a family: fill in { })"
	}
	if x.mime != "" {
		return "  " + clean.Line(x.mime)
	}
	return ""
}

// describe tells what is known of a resource, and what it holds once it was read.
func (r *resources) describe(s *sheet, x source) {
	s.add(cells.Cut(s.theme.Strong.Render(clean.Line(x.uri)), s.w))
	if r.fill {
		text, at := r.uri.Draw(s.w - 6)
		r.column = 5 + at
		s.add(cells.Cut(s.theme.Accent.Render("URI")+"  "+text, s.w))
	}
	s.fact("name", x.name)
	s.fact("type", clean.Line(x.mime))
	if x.size > 0 {
		s.fact("size", amount.Bytes(int(x.size)))
	}
	if !x.description.Empty() {
		s.prose(x.description.Block())
	}
	r.content(s)
}

func (r *resources) content(s *sheet) {
	uri := r.uri.Value()
	read, done := r.contents[uri]
	switch {
	case r.waits != "" && r.waits == uri:
		s.gap()
		s.add(s.theme.Busy.Render("▸ reading"))
	case done && read.Failed:
		s.heading("it could not be read")
		s.add(r.held.draw(r.theme, read.Text, s.w)...)
	case done:
		s.heading(firstOf(clean.Line(read.MIME), "contents") + ", " + amount.Bytes(read.Bytes))
		s.add(r.held.draw(r.theme, read.Text, s.w)...)
	}
}
