package host

import (
	"fmt"

	"switchboard/host/catalog"
	"switchboard/host/server"
	"switchboard/llm"
)

// ownServer is under what name the host's own tools are shown.
const ownServer = "switchboard"

// answer is what the model reads of a call. A long result of a server is cut, and
// the model is told how to read on; all of it stays at hand for the person.
func (c *call) answer(e ending) llm.ToolResult {
	r := llm.ToolResult{
		CallID: c.asked.ID, Name: c.asked.Name, Text: e.text, Notes: e.notes, From: e.from, IsError: e.outcome != Succeeded,
	}
	info := c.h.model().Model.Info()
	limit := limitFor(info.Window)
	if e.from == "" || e.page {
		r.Text = cut(e.text, limit, "")
		return r
	}
	long := len(e.text) > limit
	handle := c.h.shelf.put(shelved{call: c.id, tool: c.tool.ID, text: e.text, media: e.media}, long)
	r.Text = cut(e.text, limit, fmt.Sprintf("; %s with the handle %s reads on", readResultName, handle))
	if info.Vision {
		r.Images = images(e.media)
	}
	return r
}

// images are those of a result, for a model that sees.
func images(media []server.Media) []llm.Image {
	var all []llm.Image
	for _, m := range media {
		if m.Kind == "image" {
			all = append(all, llm.Image{MIME: m.MIME, Data: m.Data})
		}
	}
	return all
}

// readOn answers a call of [readResultName], if this is one: the words have been
// given to the model before, so that nobody is asked.
func (c *call) readOn() (_ ending, own bool) {
	if c.asked.Name != readResultName || !c.h.shelf.readable() {
		return ending{}, false
	}
	c.tool = catalog.Tool{ID: catalog.ID{Server: ownServer, Tool: readResultName}}
	text, from := c.h.shelf.readOn(c.asked.Arguments)
	e := ending{outcome: Succeeded, text: text, bytes: len(text), from: from, page: true}
	if from == "" {
		e.outcome = ToolError
	}
	return e, true
}
