package command

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"switchboard/host/clean"
	"switchboard/host/config"
)

// model prints the section "model", and the entries of "models".
func (s *settings) model() {
	if m := s.merged.Model; m.Source.Line != 0 {
		s.section("model, last set at " + m.Source.String())
		s.field("entry", m.Entry)
		s.modelFields(m)
	}
	for _, m := range s.merged.Models {
		s.section("model " + clean.Line(m.Entry) + ", set at " + m.Source.String())
		s.modelFields(m)
	}
}

// modelFields prints what is known of a model, its key and headers by name alone.
func (s *settings) modelFields(m config.Model) {
	if m.Problem != nil {
		s.field("unused", m.Problem.Error())
		return
	}
	s.field("name", m.Name)
	s.field("baseUrl", shownURL(m.BaseURL))
	if m.APIKey != "" {
		s.field("apiKey", fmt.Sprintf("set, %d characters", utf8.RuneCountInString(m.APIKey)))
	}
	s.field("headers", strings.Join(slices.Sorted(maps.Keys(m.Headers)), ", "))
	if m.Temperature != nil {
		s.field("temperature", fmt.Sprint(*m.Temperature))
	}
	s.field("effort", m.Effort)
	s.count("maxOutput", m.MaxOutput)
	s.count("window", m.Window)
	if m.Vision != nil {
		s.field("vision", fmt.Sprint(*m.Vision))
	}
	s.field("extraBody", strings.Join(slices.Sorted(maps.Keys(m.ExtraBody)), ", "))
	s.field("missing", strings.Join(m.Missing, ", "))
}

// count prints a number where one is given.
func (s *settings) count(name string, n int) {
	if n > 0 {
		s.field(name, fmt.Sprint(n))
	}
}

// shownURL is an address without its password and its query, where keys stand.
func shownURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(not a URL)"
	}
	if u.RawQuery != "" {
		u.RawQuery = "…"
	}
	return u.Redacted()
}
