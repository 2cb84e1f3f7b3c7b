package host

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"switchboard/llm"
)

// readResultName is the host's own tool with which a model reads on in a result
// that was too long to be given whole.
const readResultName = "read_result"

// What one call of it gives.
const (
	pageBytes   = 12 << 10
	maxMatches  = 20
	aroundMatch = 160 // bytes before and behind
)

// readResultTool is the tool as the model is told of it. It is offered once there
// is something to read.
var readResultTool = llm.Tool{
	Name: readResultName,
	Description: "Reads on in a result that was too long to be given whole. Without search it gives the part from offset on; " +
		"with search the places where the words stand, with their offsets.",
	Schema: []byte(`{"type":"object","properties":{` +
		`"handle":{"type":"string","description":"The result's handle, such as r1"},` +
		`"offset":{"type":"integer","description":"Where to begin, in bytes; 0 when left out"},` +
		`"search":{"type":"string","description":"Words to look for, upper and lower case alike"}},"required":["handle"]}`),
}

// readOn answers a call of read_result. Server is whose words the text holds; ""
// when they are ours, which means that the call was of no use.
func (s *shelf) readOn(arguments json.RawMessage) (text, server string) {
	var asked struct {
		Handle string `json:"handle"`
		Offset int    `json:"offset"`
		Search string `json:"search"`
	}
	if err := json.Unmarshal(arguments, &asked); err != nil {
		return `read_result needs a "handle" such as "r1", and may have an "offset" (a number) and a "search" (a text)`, ""
	}
	r, found := s.byHandle(asked.Handle)
	if !found {
		return fmt.Sprintf("there is no result %q any more; call its tool again", asked.Handle), ""
	}
	if asked.Search != "" {
		return r.matches(asked.Search), r.tool.Server
	}
	return r.page(asked.Offset), r.tool.Server
}

// page is the part from a place on, and says where the next one begins.
func (r shelved) page(from int) string {
	from = max(0, min(from, len(r.text)))
	for from > 0 && from < len(r.text) && !utf8.RuneStart(r.text[from]) {
		from--
	}
	to := wholeRune(r.text, min(len(r.text), from+pageBytes))
	rest := "that is the end"
	if to < len(r.text) {
		rest = fmt.Sprintf("the next part is at offset %d", to)
	}
	return fmt.Sprintf("bytes %d to %d of %d; %s\n%s", from, to, len(r.text), rest, r.text[from:to])
}

// matches lists the places where words stand.
func (r shelved) matches(words string) string {
	low, sought := strings.ToLower(r.text), strings.ToLower(words)
	if len(low) != len(r.text) { // a letter whose small form has another length
		low, sought = r.text, words
	}
	var b strings.Builder
	n := 0
	for at := 0; ; {
		i := strings.Index(low[at:], sought)
		if i < 0 {
			break
		}
		if n++; n > maxMatches {
			fmt.Fprintf(&b, "\n… more after offset %d", at)
			break
		}
		at += i
		from, to := max(0, at-aroundMatch), min(len(r.text), at+len(sought)+aroundMatch)
		from, to = wholeRune(r.text, from), wholeRune(r.text, to)
		fmt.Fprintf(&b, "\noffset %d: …%s…", at, strings.Join(strings.Fields(r.text[from:to]), " "))
		at += len(sought)
	}
	if n == 0 {
		return fmt.Sprintf("%q does not stand in the %d bytes", words, len(r.text))
	}
	return fmt.Sprintf("places in the %d bytes:%s", len(r.text), b.String())
}

// wholeRune moves a place back to where a letter begins.
func wholeRune(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}
