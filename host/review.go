package host

import (
	"context"
	"fmt"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// A ResultReview shows the person a call's result before the model reads it.
type ResultReview struct {
	Call    CallID
	Tool    catalog.Tool
	Text    clean.Text // the whole result
	Bytes   int
	IsError bool // the tool reports an error
	// CanKeep is set where [ReleasePath] would be heeded: there is a folder for files.
	CanKeep bool
}

// ReleaseKind says how much of a result the model gets.
type ReleaseKind string

// The kinds of releases.
const (
	ReleaseAll   ReleaseKind = "all"
	ReleaseFirst ReleaseKind = "first part" // the first [Release.First] bytes
	// ReleasePath keeps the result in a file and tells the model its path alone.
	ReleasePath   ReleaseKind = "path only"
	ReleaseEdited ReleaseKind = "redacted" // [Release.Text] in place of the result
)

// Release gives a result to the model, in whole or in part. The model is told what
// was held back.
type Release struct {
	Kind  ReleaseKind
	First int    // bytes, for ReleaseFirst; cut back to whole characters
	Text  string // for ReleaseEdited
}

// Withhold keeps a result from the model, which reads the reason.
type Withhold struct{ Reason string }

func (ResultReview) question() {}
func (Release) answer()        {}
func (Withhold) answer()       {}

// accepts tells whether an answer is one to this question.
func (q ResultReview) accepts(a Answer) bool {
	switch a := a.(type) {
	case Withhold:
		return true
	case Release:
		switch a.Kind {
		case ReleaseAll, ReleaseEdited:
			return true
		case ReleaseFirst:
			return a.First > 0
		case ReleasePath:
			return q.CanKeep
		}
	}
	return false
}

// review shows the result to the person before the model reads it, where they asked
// for that with the call or for the server.
func (c *call) review(ctx context.Context, e ending) ending {
	if !c.cleared.look && !c.h.wall.look().gates[c.tool.ID.Server] {
		return e
	}
	began := time.Now()
	a, err := c.h.desk.Ask(ctx, ResultReview{
		Call: c.id, Tool: c.tool, Text: clean.Foreign(e.text), Bytes: e.bytes,
		IsError: e.outcome == ToolError, CanKeep: c.h.opt.StateDir != "",
	})
	c.wait += time.Since(began)
	if err != nil {
		return ending{outcome: Stopped, text: "it ran, but the turn was stopped before the user let you see the result", bytes: e.bytes, took: e.took}
	}
	switch a := a.(type) {
	case Release:
		return c.released(e, a)
	case Withhold:
		return e.heldBack(withheld(a.Reason))
	}
	return e.heldBack(withheld(""))
}

// released is the ending with as much of the result as the person let through.
func (c *call) released(e ending, r Release) ending {
	switch r.Kind {
	case ReleaseAll:
		return e
	case ReleaseFirst:
		head := wholeRune(e.text, min(r.First, len(e.text)))
		e.notes = append(e.notes, fmt.Sprintf("The user let you see the first %d of %d bytes of this result.", head, len(e.text)))
		e.text, e.media = e.text[:head], nil
		if head == 0 {
			return e.heldBack(withheld(""))
		}
		return e
	case ReleaseEdited:
		e.notes = append(e.notes, "The user changed this result before you were given it.")
		e.text, e.media = r.Text, nil
		return e
	}
	paths, err := c.h.saveResult(shelved{call: c.id, tool: c.tool.ID, text: e.text, media: e.media})
	if err != nil {
		c.h.warn("the result was not kept, so it was withheld: " + err.Error())
		return e.heldBack(withheld(""))
	}
	return e.heldBack(fmt.Sprintf("the call ran; the user does not let you see its result, which is in the file %s (%d bytes)", paths[0], len(e.text)))
}

// heldBack is the ending without anything of the server's words.
func (e ending) heldBack(text string) ending {
	e.text, e.from, e.media = text, "", nil
	return e
}

func withheld(reason string) string {
	if reason == "" {
		return "the call ran; the user withheld its result"
	}
	return "the call ran; the user withheld its result. Their reason: " + reason
}
