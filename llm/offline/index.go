package offline

import (
	"switchboard/llm"
	"switchboard/llm/find"
)

// An index finds the tools that share words with a message.
type index struct {
	tools []*tool
	words *find.Index
	// repositories tells that a tool takes an owner and a repository.
	repositories bool
}

func newIndex(tools []llm.Tool) *index {
	ix := &index{}
	docs := make([]find.Document, len(tools))
	for i, offered := range tools {
		t := newTool(offered)
		ix.repositories = ix.repositories || t.takesRepository()
		ix.tools = append(ix.tools, t)
		docs[i] = t.document()
	}
	ix.words = find.NewIndex(docs)
	return ix
}

// document is what is searched of a tool.
func (t *tool) document() find.Document {
	d := find.Document{Name: t.terms, Server: t.Server, Description: t.Description}
	for _, p := range t.params {
		searched := find.Parameter{Name: p.name, About: p.about}
		for _, c := range p.choices {
			if s, ok := c.(string); ok {
				searched.Choices = append(searched.Choices, s)
			}
		}
		d.Parameters = append(d.Parameters, searched)
	}
	return d
}
