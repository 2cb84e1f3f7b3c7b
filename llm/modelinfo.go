package llm

import "context"

// A Lister is a [Model] whose endpoint may tell which models it offers.
type Lister interface {
	// Models lists them by name. Errors are [*Error], the cause for which ctx ended,
	// or [errors.ErrUnsupported] where there is no endpoint to ask.
	Models(ctx context.Context) ([]ModelInfo, error)
}

// ModelInfo is what an endpoint says about one of the models that it offers.
type ModelInfo struct {
	Name   string // as requests carry it; foreign text
	Window int    // context window in tokens; 0 when the endpoint does not say
	// InputPrice and OutputPrice are US dollars per million tokens; 0 when the
	// endpoint does not say.
	InputPrice, OutputPrice float64
	// Vision tells that the model takes images, by the endpoint's word or by its
	// name; Tools that the endpoint says it calls tools. Both are false also when
	// nothing is known.
	Vision, Tools bool
}
