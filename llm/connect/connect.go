// Package connect chooses the model of a session: from the flags, the
// configuration or the environment, or else the built-in word matcher. It reads
// no file, asks no network and never shows a key.
package connect

import (
	"fmt"

	"switchboard/llm"
	"switchboard/llm/offline"
	"switchboard/llm/openai"
	"switchboard/llm/retry"
)

// offlineName is the model name that stands for the built-in word matcher.
const offlineName = "offline"

// modelVariable names the model for sessions whose flags and config name none.
const modelVariable = "SWITCHBOARD_MODEL"

// Options are everything that has a say in the choice.
type Options struct {
	Offline bool   // the flag --offline
	Model   string // the flag --model; "offline" for the word matcher
	BaseURL string // the flag --base-url
	Config  Config
	// Getenv looks a variable up, as os.Getenv does; nil for an empty environment.
	Getenv func(name string) string
}

// Config is the section "model" of the configuration; the zero value when there
// is none.
type Config struct {
	Name    string // "offline" for the word matcher
	BaseURL string
	APIKey  string            `json:"-"`
	Headers map[string]string `json:"-"`
	Settings
	// Missing names the variables that the section uses and that are not set.
	Missing []string
}

// Settings go into every request to the model; see [llm.Request].
type Settings struct {
	MaxOutput   int
	Temperature *float64
	Effort      string
}

// A Choice is a model that is ready to be asked, and that asks its endpoint again
// when an answer fails in a way that may pass.
type Choice struct {
	Model llm.Model
	// Why is a clause for the person, such as "OPENAI_API_KEY is set in the
	// environment".
	Why      string
	Settings Settings
}

// An Error says in words for a person why there is no model.
type Error struct {
	Message string // what is wrong
	Hint    string // what to do about it
}

// Error gives fault and cure.
func (e *Error) Error() string { return e.Message + ": " + e.Hint }

// Choose picks the model. Flags come before the configuration, and that before
// the environment, field by field; with nothing in all three it is the word
// matcher. Errors are [*Error] or say which field the endpoint refused.
//
// A key is sent to the origin (scheme, host and port) that it came with, and to
// no other:
//
//   - the configuration's key and headers to the configuration's base URL, or to
//     OpenAI's when it has none;
//   - OPENAI_API_KEY to OPENAI_BASE_URL, or to OpenAI's when that is not set;
//   - every other provider's variable to that provider.
//
// So --base-url takes a key along only when it leads to the key's own origin.
// Endpoints on this machine and in its network may do without a key, all others
// are an error without one.
func Choose(o Options) (Choice, error) {
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if why := o.offline(); why != "" {
		return o.matcher(why), nil
	}
	if err := o.missing(); err != nil {
		return Choice{}, err
	}
	base, from := o.baseURL()
	if base == "" {
		return o.without()
	}
	c, err := o.endpoint(base)
	if err != nil {
		return Choice{}, err
	}
	model, err := openai.New(c)
	if err != nil {
		return Choice{}, fmt.Errorf("choosing the model: %w", err)
	}
	return Choice{Model: retry.New(model), Why: o.why(from), Settings: o.Config.Settings}, nil
}

// offline says who asked for the word matcher; "" when nobody did.
func (o Options) offline() string {
	flags := o.Model + o.BaseURL
	switch {
	case o.Offline:
		return "the flag --offline is set"
	case o.Model == offlineName:
		return "the flag --model says so"
	case flags == "" && o.Config.Name == offlineName:
		return "the configuration says so"
	case flags == "" && !o.Config.connects() && o.env(modelVariable) == offlineName:
		return modelVariable + " says so"
	}
	return ""
}

func (o Options) matcher(why string) Choice {
	return Choice{Model: offline.New(), Why: why, Settings: o.Config.Settings}
}

// connects tells whether the section says anything about which model to use.
func (c Config) connects() bool { return c.Name+c.BaseURL+c.APIKey != "" }

// missing refuses a configuration with unset variables, unless the flags lead
// elsewhere, so that nothing of it would be used.
func (o Options) missing() error {
	if len(o.Config.Missing) == 0 || o.BaseURL != "" && !o.fromConfig(originOf(o.BaseURL)) {
		return nil
	}
	return &Error{
		Message: fmt.Sprintf("the configuration's model uses %s, not set in the environment", list(o.Config.Missing)),
		Hint:    "set it, or start with --offline",
	}
}

// without is the choice when nothing names an endpoint and no key is there.
func (o Options) without() (Choice, error) {
	name := o.name("")
	if name == "" {
		return o.matcher("no model is configured"), nil
	}
	p := family(name)
	return Choice{}, &Error{
		Message: fmt.Sprintf("%s is named, but there is no key and no endpoint for it", name),
		Hint:    fmt.Sprintf("set %s, or name an endpoint with --base-url", p.keys[0]),
	}
}

// endpoint puts together what the adapter needs to reach base.
func (o Options) endpoint(base string) (openai.Config, error) {
	origin := originOf(base)
	if origin == "" {
		return openai.Config{}, &Error{
			Message: "the base URL cannot be read",
			Hint:    "write it like https://api.openai.com/v1",
		}
	}
	name := o.name(origin)
	if name == "" {
		return openai.Config{}, &Error{
			Message: "no model is named for " + origin,
			Hint:    "say which one with --model NAME or " + modelVariable,
		}
	}
	c := openai.Config{BaseURL: base, Model: name, APIKey: o.key(origin)}
	if o.fromConfig(origin) {
		c.Headers = o.Config.Headers
	}
	if c.APIKey == "" && len(c.Headers) == 0 && !isNear(origin) {
		return openai.Config{}, o.noKey(origin)
	}
	return c, nil
}

// name is the model's name: the first that is given, or else the provider's
// default. "offline" is passed over: where it counts, it was obeyed before.
func (o Options) name(origin string) string {
	for _, name := range []string{o.Model, o.Config.Name, o.env(modelVariable)} {
		if name != "" && name != offlineName {
			return name
		}
	}
	p, _ := providerAt(origin)
	return p.model
}

// why says which of the sources decided.
func (o Options) why(from string) string {
	switch {
	case o.Model != "":
		return "the flag --model names it"
	case o.BaseURL != "":
		return "the flag --base-url names its endpoint"
	case o.Config.connects():
		return "the configuration names it"
	case o.env(modelVariable) != "":
		return modelVariable + " names it"
	}
	return from + " is set in the environment"
}
