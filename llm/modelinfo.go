package llm

// ModelInfo is what an endpoint says about one of the models that it offers.
type ModelInfo struct {
	Name   string // as requests carry it; foreign text
	Window int    // context window in tokens; 0 when the endpoint does not say
	// InputPrice and OutputPrice are US dollars per million tokens; 0 when the
	// endpoint does not say.
	InputPrice, OutputPrice float64
	// Vision and Tools tell that the endpoint says of the model that it takes
	// images, and calls tools; false also when it says nothing.
	Vision, Tools bool
}
