// Package connect chooses the model of a session: from the flags, the
// configuration or the environment, or else the built-in word matcher; and it finds
// what else the session could be led with: the models of the endpoints that are
// known, and of servers on this machine. It reads no file and never shows a key.
package connect

import (
	"encoding/json"
	"fmt"
	"net/http"

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
	Model   string // the flag --model: a model's or an entry's name, or "offline"
	BaseURL string // the flag --base-url
	Config  Config
	Entries []Config // of the section "models"
	// Getenv looks a variable up, as os.Getenv does; nil for an empty environment.
	Getenv func(name string) string
	// Transport carries all requests; nil gives each model one of its own.
	Transport http.RoundTripper
}

// Config is the section "model" of the configuration, or an entry of "models"; the
// zero value when there is none.
type Config struct {
	Entry   string // the entry's name; "" for a section that says it all itself
	Name    string // "offline" for the word matcher
	BaseURL string
	APIKey  string            `json:"-"`
	Headers map[string]string `json:"-"`
	Settings
	// ExtraBody are fields of every request.
	ExtraBody map[string]json.RawMessage
	Window    int   // tokens; 0 when unknown
	Vision    *bool // nil when unknown
	// Missing names the variables that the section uses and that are not set.
	Missing []string
	// Problem is why the section cannot be used; nil when it can.
	Problem error
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
	Ref   Ref
	// Why is a clause for the person, such as "OPENAI_API_KEY is set in the
	// environment".
	Why      string
	Settings Settings
	// Key is set when nobody named the model, and a key that was found in the
	// environment alone led to it: the person should agree to its use first.
	Key Key

	base string // of its endpoint; "" for the word matcher
}

// A Ref names a model and where it is asked.
type Ref struct {
	Source string // a base URL, or [EntrySource] or [OfflineSource]; "" for anywhere
	Name   string
}

// A Key is a variable of the environment with a key, and where it leads.
type Key struct{ Variable, Provider, Origin string }

// An Error says in words for a person why there is no model.
type Error struct {
	Message string // what is wrong
	Hint    string // what to do about it
}

// Error gives fault and cure.
func (e *Error) Error() string { return e.Message + ": " + e.Hint }

// Choose picks the model. Flags come before the configuration, and that before
// the environment, field by field; with nothing in all three it is the word
// matcher. An entry that is named takes the place of the configuration's model.
// Errors are [*Error] or say which field the endpoint refused.
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
	o, named := o.entry()
	if why := o.offline(); why != "" {
		return o.matcher(why), nil
	}
	if err := o.unusable(); err != nil {
		return Choice{}, err
	}
	base, from := o.baseURL()
	if base == "" {
		return o.without()
	}
	choice, err := o.connect(base)
	if err != nil {
		return Choice{}, err
	}
	choice.Why = o.why(from)
	if named != "" {
		choice.Why = named
	}
	if choice.Key.Variable != "" && choice.Why != from+inEnvironment {
		choice.Key = Key{} // whoever named the model meant its key to be used
	}
	return choice, nil
}

// connect makes the model at base ready. Its key is told where it came from the
// environment and leads away from this machine and its network.
func (o Options) connect(base string) (Choice, error) {
	c, err := o.endpoint(base)
	if err != nil {
		return Choice{}, err
	}
	model, err := openai.New(c)
	if err != nil {
		return Choice{}, fmt.Errorf("choosing the model: %w", err)
	}
	choice := Choice{
		Model: retry.New(model), Ref: Ref{Source: c.BaseURL, Name: c.Model}, Settings: o.Config.Settings,
		base: c.BaseURL,
	}
	if o.Config.Entry != "" && o.Model == "" {
		choice.Ref = Ref{EntrySource, o.Config.Entry}
	}
	origin := originOf(base)
	if _, variable := o.key(origin); variable != "" && !isNear(origin) {
		choice.Key = Key{variable, model.Info().Provider, origin}
	}
	return choice, nil
}

// entry puts the entry that a flag or the environment names in the place of the
// configuration's model; named says who did, "" when nobody.
func (o Options) entry() (with Options, named string) {
	for _, e := range o.Entries {
		switch {
		case o.BaseURL != "" || e.Entry == "":
		case o.Model == e.Entry:
			o.Config, o.Model = e, ""
			return o, "the flag --model names it"
		case o.Model == "" && !o.Config.connects() && o.env(modelVariable) == e.Entry:
			o.Config = e
			return o, modelVariable + " names it"
		}
	}
	return o, ""
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
	return Choice{
		Model: offline.New(), Ref: Ref{OfflineSource, offlineName}, Why: why, Settings: o.Config.Settings,
	}
}

// connects tells whether the section says anything about which model to use.
func (c Config) connects() bool { return c.Entry+c.Name+c.BaseURL+c.APIKey != "" }

// unusable refuses a configuration that is at fault or has unset variables, unless
// the flags lead elsewhere, so that nothing of it would be used.
func (o Options) unusable() error {
	if o.Config.Problem != nil {
		return o.Config.Problem
	}
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
	c := openai.Config{BaseURL: base, Model: name, Transport: o.Transport}
	c.APIKey, _ = o.key(origin)
	if o.fromConfig(origin) {
		c.Headers, c.Extra = o.Config.Headers, o.Config.ExtraBody
	}
	if name == o.Config.Name {
		c.Window, c.Vision = o.Config.Window, o.Config.Vision
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
	return from + inEnvironment
}

// inEnvironment follows the name of a variable that decided.
const inEnvironment = " is set in the environment"
