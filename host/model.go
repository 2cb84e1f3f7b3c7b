package host

import (
	"context"

	"switchboard/host/clean"
	"switchboard/llm"
)

// SetModel has another model answer from the next turn on; a running turn keeps its
// own. [ModelChosen] tells that it does, a [Notice] why it does not.
type SetModel struct{ Ref ModelRef }

// ListModels asks for [ModelsListed], as often as more becomes known, until On is
// false.
type ListModels struct{ On bool }

// A ModelRef names a model and where it is asked.
type ModelRef struct {
	// Source is a [ModelSource]'s ID; "" leaves open where, as a name does that a
	// person types.
	Source string
	Name   string // as the source calls it; a foreign text
}

// ModelsListed tells which models there are, as far as it is known by now.
type ModelsListed struct {
	Sources []ModelSource
	Done    bool // no more will become known
}

// A ModelSource is an endpoint, or a place such as the configuration, that offers
// models.
type ModelSource struct {
	ID   string // for [ModelRef]
	Name string // for the eye: "Ollama on this machine"
	// About says where it is or how it was found: "OPENAI_API_KEY is set in the
	// environment".
	About   string
	Asking  bool       // its list is still to come
	Problem clean.Text // why there is no list, in words for the person; empty when there is
	// Key is what the person has to agree to before the source is asked for its list;
	// the zero value is nothing.
	Key    KeyUse
	Models []ModelOffer
}

// A ModelOffer is one model of a source, with what is known of it.
type ModelOffer struct {
	Name   string // for [ModelRef]; a foreign text
	About  string // what else tells it apart, such as the model behind an entry's name
	Window int    // tokens; 0 when unknown
	// InputPrice and OutputPrice are US dollars per million tokens; 0 when unknown.
	InputPrice, OutputPrice float64
	Vision, Tools           bool // false also when nothing is known
}

// Models knows which models a session may be led with. Its methods block, and may be
// called from several goroutines.
type Models interface {
	// Connect makes a model ready to be asked. To find one by its name alone it may
	// ask the endpoints whose keys may be used. Errors are for the person.
	Connect(ctx context.Context, ref ModelRef, may func(KeyUse) bool) (ModelChoice, error)
	// List tells of all sources, each time with all that is known by then, and
	// returns when there is no more. A source whose key may not be used is told and
	// not asked.
	List(ctx context.Context, may func(KeyUse) bool, tell func([]ModelSource))
	// Nearby looks for models on this machine that could answer in place of the
	// offline matcher: a clause for the person, "" where there is none.
	Nearby(ctx context.Context) string
}

// A ModelChoice is a model that is ready to be asked.
type ModelChoice struct {
	Model llm.Model
	Ref   ModelRef
	Why   string // this model, as a clause for the person
	// Request carries the settings that go into every request: MaxOutput,
	// Temperature, Effort.
	Request llm.Request
	// Key is what the person has to agree to before the model is asked; the zero
	// value is nothing.
	Key KeyUse
}

// chosen is what listeners are told of a choice.
func (c ModelChoice) chosen() ModelChosen {
	info := c.Model.Info()
	return ModelChosen{
		Provider: info.Provider, Name: info.Name, Why: c.Why, Offline: info.Offline,
		Ref: c.Ref, Window: info.Window,
	}
}

// model is the choice that leads the running turn, and the next one while none runs.
// It changes between turns alone.
func (h *Host) model() *ModelChoice { return h.seat.Load() }

func (SetModel) op()        {}
func (ListModels) op()      {}
func (ModelsListed) event() {}
