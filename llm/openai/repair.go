package openai

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"switchboard/llm"
)

// Texts that stand in for what a conversation lacks. Endpoints refuse an empty
// tool message and a call without an answer.
const (
	noOutput   = "(no output)"
	unanswered = "No result: the call was interrupted by the user. It may have run."
)

// A turn is one message as endpoints want it.
type turn struct {
	role   llm.Role
	text   string
	images []llm.Image    // of a user's or a tool's
	calls  []llm.ToolCall // of an assistant's
	callID string         // of a tool's
	opaque *llm.Opaque
}

// repair brings a conversation into the form that every endpoint accepts: each
// call answered right after its message and nothing else answered, no empty
// message, ids of one form, neighbouring user messages joined (chat templates of
// local models want roles to alternate), images only where q says they can be.
func repair(messages []llm.Message, q Quirks) []turn {
	fix := repairer{quirks: q, results: resultsByCall(messages), used: map[string]bool{}}
	for _, m := range messages {
		switch m.Role {
		case llm.User:
			fix.user(m.Prose(), imagesOf(m))
		case llm.Assistant:
			fix.assistant(m)
		}
	}
	return fix.out
}

// resultsByCall queues the results of each call id, in order: a server may use
// one id twice.
func resultsByCall(messages []llm.Message) map[string][]llm.ToolResult {
	results := map[string][]llm.ToolResult{}
	for _, m := range messages {
		for _, p := range m.Parts {
			if r, ok := p.(llm.ToolResult); ok {
				results[r.CallID] = append(results[r.CallID], r)
			}
		}
	}
	return results
}

type repairer struct {
	quirks  Quirks
	out     []turn
	results map[string][]llm.ToolResult
	used    map[string]bool // call ids that are taken
}

func (f *repairer) user(text string, images []llm.Image) {
	sent, about := f.shown(images)
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	text = joinTexts("\n\n", text, about)
	if text == "" && len(sent) == 0 {
		return
	}
	if n := len(f.out); n > 0 && f.out[n-1].role == llm.User {
		last := &f.out[n-1]
		last.text, last.images = joinTexts("\n\n", last.text, text), append(last.images, sent...)
		return
	}
	f.out = append(f.out, turn{role: llm.User, text: text, images: sent})
}

func (f *repairer) assistant(m llm.Message) {
	said := turn{role: llm.Assistant, text: m.Prose(), opaque: m.Opaque}
	var answers []turn
	for _, c := range m.Calls() {
		id := f.newID(c.ID)
		answers = append(answers, f.result(c.ID, id))
		c.ID, c.Name, c.Arguments = id, wireName(c.Name), wireArguments(c.Arguments)
		said.calls = append(said.calls, c)
	}
	if strings.TrimSpace(said.text) == "" {
		said.text = ""
	}
	if said.text == "" && said.calls == nil {
		return
	}
	f.out = append(f.out, said)
	f.answered(answers)
}

// answered adds the results of one message's calls. Most endpoints take text alone
// as a result: its images follow as if the person had sent them.
func (f *repairer) answered(results []turn) {
	var text string
	var images []llm.Image
	for i, r := range results {
		if len(r.images) > 0 && !f.quirks.ImagesInResults {
			text = joinTexts("\n", text, fmt.Sprintf("[the images of result %d of the calls above]", i+1))
			images = append(images, r.images...)
			r.images = nil
		}
		f.out = append(f.out, r)
	}
	f.user(text, images)
}

// result takes the next result of the call with this id.
func (f *repairer) result(id, wireID string) turn {
	queue := f.results[id]
	if len(queue) == 0 {
		return turn{role: llm.ToolRole, callID: wireID, text: unanswered}
	}
	f.results[id] = queue[1:]
	sent, about := f.shown(queue[0].Images)
	text := queue[0].Text
	if strings.TrimSpace(text) == "" && about != "" {
		text = ""
	}
	queue[0].Text = joinTexts("\n", text, about)
	return turn{role: llm.ToolRole, callID: wireID, text: resultText(queue[0]), images: sent}
}

// resultText is what the model reads of a result. The wire has no mark for a
// failed call, so the text says it.
func resultText(r llm.ToolResult) string {
	return strings.Join(append(slices.Clone(r.Notes), dataText(r)), "\n")
}

func dataText(r llm.ToolResult) string {
	text := r.Text
	if strings.TrimSpace(text) == "" {
		text = noOutput
	}
	if r.From != "" {
		return fenced(r, text)
	}
	if r.IsError && !strings.HasPrefix(strings.ToLower(text), "error") {
		text = "Error: " + text
	}
	return text
}

// callID is the form of an id that every endpoint takes: Mistral's. OpenAI limits
// ids to 40 bytes.
var callID = regexp.MustCompile(`^[a-zA-Z0-9]{9}$`)

// newID keeps an id that every endpoint takes and was not used before. Any other
// is replaced by one that is the same whenever the conversation is sent again, so
// that the provider's cache still knows it.
func (f *repairer) newID(id string) string {
	out := id
	for n := 0; !callID.MatchString(out) || f.used[out]; n++ {
		sum := sha256.Sum256([]byte(id + "#" + strconv.Itoa(n)))
		out = base32.StdEncoding.EncodeToString(sum[:])[:9]
	}
	f.used[out] = true
	return out
}

// notInName is what no endpoint takes in a function's name.
var notInName = regexp.MustCompile(`[^a-zA-Z0-9_-]+`)

// wireName makes a name that a model made up fit to be sent back.
func wireName(name string) string {
	name = notInName.ReplaceAllString(name, "_")
	if name == "" {
		return "unknown"
	}
	return name[:min(len(name), 64)]
}

// wireArguments is the JSON object to send back; {} where there is none.
func wireArguments(raw json.RawMessage) json.RawMessage {
	if !isObject(raw) {
		return json.RawMessage("{}")
	}
	return raw
}

// isObject tells whether raw is one whole JSON object.
func isObject(raw []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(raw, " \t\r\n"), []byte("{")) && json.Valid(raw)
}
