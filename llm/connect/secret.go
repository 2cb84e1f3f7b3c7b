package connect

import "slices"

// Secrets lists every key that the options or the environment hold, used or not,
// for masking records.
func (o Options) Secrets() []string {
	var all []string
	for _, c := range append([]Config{o.Config}, o.Entries...) {
		all = append(all, c.APIKey)
		for _, value := range c.Headers {
			all = append(all, value)
		}
	}
	for _, p := range providers {
		for _, name := range p.keys {
			all = append(all, o.env(name))
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
