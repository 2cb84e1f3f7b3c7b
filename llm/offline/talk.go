package offline

import (
	"fmt"
	"strings"
)

var (
	greeting = lazy(`(?i)^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|howdy)\b[\s,!.]*(?:there|everyone|again)?[\s,!.]*(?:how are you(?: \w+)*)?[\s?!.]*$`)
	thanks   = lazy(`(?i)^(?:ok(?:ay)?,? |great,? )?(?:thanks|thank you|thx|cheers)(?: \w+){0,4}[\s!.]*$|^(?:bye|goodbye|see you)[\s!.]*$`)
	aboutMe  = lazy(`(?i)^(?:/?help|\?)[\s!.]*$|\b(?:what|how) (?:can|do|could) you (?:do|work|help)\b|\b(?:who|what) are you\b|\b(?:what|which) tools\b|\bhow (?:do|can) i use (?:this|you)\b|\b(?:connect|use|choose|configure|set up|switch to)\b.*\b(?:language |real |better )?(?:model|llm|gpt|claude|gemini)\b`)
)

// isTalk tells small talk and questions about the matcher itself from wishes.
func isTalk(s string) bool {
	s = strings.TrimSpace(s)
	return greeting().MatchString(s) || thanks().MatchString(s) || aboutMe().MatchString(s)
}

const whatIAm = "No language model is connected. This is the built-in word matcher: it compares the words of a message with the tools that the servers offer, calls the one that fits and repeats what it answered."

const howToConnect = "To talk to a language model, start with `--model NAME` (and `--base-url URL` for an endpoint of your own), or set OPENAI_API_KEY. " +
	"To call a tool exactly: " + exactForm + "."

// about is what the matcher says when there is nothing to call.
func about(said string, ix *index) string {
	opening := "No tool fits that message."
	switch s := strings.TrimSpace(said); {
	case greeting().MatchString(s):
		opening = "Hello."
	case thanks().MatchString(s):
		opening = "You are welcome."
	case s == "" || aboutMe().MatchString(s):
		opening = ""
	}
	return paragraphs([]string{strings.TrimSpace(opening + " " + whatIAm), overview(ix), howToConnect})
}

// overview lists the tools by server, a few of each.
func overview(ix *index) string {
	const most = 8
	var servers []string
	tools := map[string][]string{}
	for _, t := range ix.tools {
		if tools[t.Server] == nil {
			servers = append(servers, t.Server)
		}
		tools[t.Server] = append(tools[t.Server], t.plain)
	}
	if len(servers) == 0 {
		return "No server offers a tool at the moment."
	}
	lines := []string{"Tools:", ""}
	for _, s := range servers {
		names, more := tools[s], ""
		if len(names) > most {
			more = fmt.Sprintf(" and %d more", len(names)-most)
			names = names[:most]
		}
		if s == "" {
			lines = append(lines, "- "+strings.Join(names, ", ")+more)
			continue
		}
		lines = append(lines, "- "+s+": "+strings.Join(names, ", ")+more)
	}
	return strings.Join(lines, "\n")
}
