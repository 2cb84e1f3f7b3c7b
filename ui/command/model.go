package command

import (
	"switchboard/host"
	"switchboard/host/config"
	"switchboard/llm/connect"
)

// pickModel chooses the model and fills it in, with the settings that go into
// every request.
func pickModel(w World, f flags, m config.Model, opt *host.Options) error {
	if m.Problem != nil && !f.offline {
		return *m.Problem // another model than the one meant could get the conversation
	}
	options := connect.Options{
		Offline: f.offline, Model: f.model, BaseURL: f.baseURL,
		Getenv: func(name string) string { v, _ := w.Env(name); return v },
		Config: connect.Config{
			Name: m.Name, BaseURL: m.BaseURL, APIKey: m.APIKey, Headers: m.Headers, Missing: m.Missing,
			Settings: connect.Settings{MaxOutput: m.MaxOutput, Temperature: m.Temperature, Effort: m.Effort},
		},
	}
	opt.Secrets = options.Secrets()
	choice, err := connect.Choose(options)
	if err != nil {
		return err
	}
	opt.Model, opt.ModelWhy = choice.Model, choice.Why
	opt.Request.MaxOutput = choice.Settings.MaxOutput
	opt.Request.Temperature = choice.Settings.Temperature
	opt.Request.Effort = choice.Settings.Effort
	return nil
}
