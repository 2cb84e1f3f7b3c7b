package find

import (
	"slices"
	"strings"
	"sync"
)

// synonyms maps the stem of a word that people say to the stems of the words
// that tools use for it.
var synonyms = synonymsOf(map[string]string{
	// deeds
	"remove erase forget rid drop": "delete",
	"make mkdir new open":          "create add",
	"create":                       "add",
	"close reopen":                 "update",
	"rename":                       "move",
	"save store":                   "add write create",
	"put":                          "write add",
	"remember":                     "add note create knowledge",
	"jot remind":                   "add note",
	"overwrite":                    "write",
	"write":                        "add",
	"replace change":               "edit update",
	"edit modify":                  "change update",
	"find look locate":             "search",
	"search":                       "find",
	"mention contain":              "search",
	"see view open happen":         "read",
	"print display":                "read list",
	"show":                         "list read get",
	"cat":                          "read file",
	"ls":                           "list directory",
	"dump":                         "read entire",
	"content":                      "read",
	"compare diff":                 "multiple read",
	"repeat say":                   "echo",
	"run start begin":              "trigger",
	"turn switch enable disable":   "toggle",
	"compress zip":                 "gzip",
	"research":                     "simulate",
	"convert":                      "unit",
	"fork":                         "repository",
	"merge":                        "pull",
	"compute work calculate":       "calculate evaluate",
	"evaluate":                     "calculate",
	"plus sum total":               "add sum",
	"add":                          "sum create",
	"minus take less difference":   "subtract",
	"times product":                "multiply",
	"divided over quotient":        "divide",
	"percent percentage":           "evaluate calculate",
	"open comment":                 "add",
	// things
	"folder dir":                   "directory",
	"directory":                    "folder",
	"tree":                         "directory",
	"picture photo logo png jpg":   "image media",
	"entity":                       "node",
	"node":                         "entity",
	"relation":                     "relations",
	"memory":                       "knowledge graph",
	"know":                         "knowledge search",
	"fact":                         "knowledge relations",
	"anything something":           "search",
	"variable":                     "env environment",
	"env":                          "environment",
	"environment":                  "env",
	"everything":                   "entire list",
	"pr":                           "pull request",
	"repo":                         "repository",
	"bug ticket":                   "issue",
	"reminder memo":                "note",
	"access":                       "allowed",
	"big large size":               "size info",
	"modified changed detail stat": "info",
	// weather and time
	"rain sunny temperature hot cold warm": "weather",
	"snow wind windy umbrella cloudy":      "weather",
	"degrees celsius fahrenheit":           "weather",
	"tomorrow week weekend next will":      "forecast",
	"clock today o'clock hour":             "now time date",
	"time":                                 "now",
	"current":                              "now",
	"until since":                          "between",
	"long":                                 "running between",
	"after before later ago":               "add date",
	"first":                                "head",
	"last":                                 "tail",
})

// imperatives are words that are verbs at the beginning of a wish and nouns
// elsewhere.
var imperatives = synonymsOf(map[string]string{
	"note": "add",
})

// weakVerbs say nothing by themselves but stand for others.
var weakVerbs = sync.OnceValue(func() map[string]bool { return setOf("show put will") })

// Synonyms lists the stems of the words that tools use where people say the word
// with this stem, sorted.
func Synonyms(stem string) []string { return synonyms()[stem] }

// SaidFor lists the stems of the words that people say where tools use one of
// these stems, sorted.
func SaidFor(stems []string) []string {
	var said []string
	for word, meant := range synonyms() {
		if slices.ContainsFunc(meant, func(m string) bool { return slices.Contains(stems, m) }) {
			said = append(said, word)
		}
	}
	slices.Sort(said)
	return said
}

// synonymsOf takes a table apart when it is first looked at.
func synonymsOf(table map[string]string) func() map[string][]string {
	return sync.OnceValue(func() map[string][]string {
		out := map[string][]string{}
		for said, meant := range table {
			for _, w := range strings.Fields(said) {
				for _, m := range strings.Fields(meant) {
					out[Stem(w)] = append(out[Stem(w)], Stem(m))
				}
			}
		}
		for _, meant := range out {
			slices.Sort(meant) // so that no order of a map is ever felt
		}
		return out
	})
}
