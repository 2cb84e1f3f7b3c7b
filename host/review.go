package host

import (
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
