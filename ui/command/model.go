package command

import (
	"context"
	"errors"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/llm"
	"switchboard/llm/connect"
)

// pickModel chooses the model and fills it in, with the settings that go into every
// request, and with what else there is to choose from. Another model than the one
// meant could get the conversation, so a fault in its section is an error.
func pickModel(w World, f flags, cfg config.Config, opt *host.Options) error {
	o := connectOptions(w, f, cfg)
	if f.offline {
		o.Config.Problem = nil
	}
	opt.Secrets = o.Secrets()
	choice, err := connect.Choose(o)
	if err != nil {
		return err
	}
	opt.Models = models{connect.NewBook(o, choice)}
	c := modelChoice(choice)
	opt.Model, opt.ModelRef, opt.ModelWhy, opt.Request, opt.ModelKey = c.Model, c.Ref, c.Why, c.Request, c.Key
	return nil
}

// unattendedModel has the offline matcher answer where nobody can be asked whether a
// key of the environment may be used, and nobody said so before.
func unattendedModel(opt *host.Options) error {
	if opt.ModelKey == (host.KeyUse{}) || opt.Grants != nil && opt.Grants.Snapshot().MayUse(opt.ModelKey.Variable, opt.ModelKey.Origin) {
		return nil
	}
	c, err := opt.Models.Connect(context.Background(), host.ModelRef{Name: host.OfflineModel}, nil)
	if err != nil {
		return err
	}
	opt.ModelWhy = opt.ModelKey.Variable + " is set, but nothing names a model to use it with: --model or SWITCHBOARD_MODEL does"
	opt.Model, opt.ModelRef, opt.ModelKey = c.Model, c.Ref, host.KeyUse{}
	return nil
}

// connectOptions is all that has a say in which model answers.
func connectOptions(w World, f flags, cfg config.Config) connect.Options {
	o := connect.Options{
		Offline: f.offline, Model: f.model, BaseURL: f.baseURL, Config: modelConfig(cfg.Model),
		Getenv: func(name string) string { v, _ := w.Env(name); return v },
	}
	for _, entry := range cfg.Models {
		o.Entries = append(o.Entries, modelConfig(entry))
	}
	return o
}

func modelConfig(m config.Model) connect.Config {
	c := connect.Config{
		Entry: m.Entry, Name: m.Name, BaseURL: m.BaseURL, APIKey: m.APIKey, Headers: m.Headers,
		Settings:  connect.Settings{MaxOutput: m.MaxOutput, Temperature: m.Temperature, Effort: m.Effort},
		ExtraBody: m.ExtraBody, Window: m.Window, Vision: m.Vision, Missing: m.Missing,
	}
	if m.Problem != nil {
		c.Problem = *m.Problem
	}
	return c
}

// models is the book of models in the words of the host.
type models struct{ book *connect.Book }

// Connect makes a model ready to be asked.
func (m models) Connect(ctx context.Context, ref host.ModelRef, may func(host.KeyUse) bool) (host.ModelChoice, error) {
	choice, err := m.book.Connect(ctx, connect.Ref(ref), mayUse(may))
	if err != nil {
		return host.ModelChoice{}, err
	}
	return modelChoice(choice), nil
}

// List tells of all sources of models.
func (m models) List(ctx context.Context, may func(host.KeyUse) bool, tell func([]host.ModelSource)) {
	m.book.List(ctx, mayUse(may), func(all []connect.Source) {
		sources := make([]host.ModelSource, len(all))
		for i, s := range all {
			sources[i] = modelSource(s)
		}
		tell(sources)
	})
}

// Nearby looks for models on this machine.
func (m models) Nearby(ctx context.Context) string { return m.book.Nearby(ctx) }

func mayUse(may func(host.KeyUse) bool) func(connect.Key) bool {
	return func(k connect.Key) bool { return may(keyUse(k, "")) }
}

func keyUse(k connect.Key, model string) host.KeyUse {
	if k == (connect.Key{}) {
		return host.KeyUse{}
	}
	return host.KeyUse{Variable: k.Variable, Provider: k.Provider, Origin: k.Origin, Model: model}
}

func modelChoice(c connect.Choice) host.ModelChoice {
	return host.ModelChoice{
		Model: c.Model, Ref: host.ModelRef(c.Ref), Why: c.Why, Key: keyUse(c.Key, c.Model.Info().Name),
		Request: llm.Request{
			MaxOutput: c.Settings.MaxOutput, Temperature: c.Settings.Temperature, Effort: c.Settings.Effort,
		},
	}
}

func modelSource(s connect.Source) host.ModelSource {
	out := host.ModelSource{ID: s.ID, Name: s.Name, About: s.About, Asking: s.Asking, Key: keyUse(s.Key, "")}
	if s.Problem != nil {
		out.Problem = clean.Foreign(problemOf(s.Problem))
	}
	for _, o := range s.Models {
		out.Models = append(out.Models, host.ModelOffer{
			Name: o.Name, About: o.About, Window: o.Window,
			InputPrice: o.InputPrice, OutputPrice: o.OutputPrice, Vision: o.Vision, Tools: o.Tools,
		})
	}
	return out
}

// problemOf says why there is no list, and what to do about it.
func problemOf(err error) string {
	var e *llm.Error
	if errors.As(err, &e) && e.Hint != "" {
		return e.Error() + ". " + e.Hint
	}
	return err.Error()
}
