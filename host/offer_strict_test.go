package host

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// brokenSchemas are what servers really offer and one provider or another refuses.
var brokenSchemas = []string{
	`{"type":"object"}`,
	`{"type":"object","properties":{"l":{"type":"array"}}}`,
	`{"type":"object","properties":{"o":{"type":"object"}},"required":["o"]}`,
	`{"type":"object","properties":{"id":{},"name":{}},"anyOf":[{"required":["id"]},{"required":["name"]}]}`,
	`{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},{"type":"object","properties":{"kind":{"const":"b"},"n":{"type":["integer","null"]}}}]}`,
	`{"allOf":[{"$ref":"#/$defs/base"},{"properties":{"x":{"type":"string"}}}],"$defs":{"base":{"type":"object","properties":{"y":{"type":"number"}}}}}`,
	`{"type":"object","properties":{"tree":{"$ref":"#/$defs/node"}},"$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"},"all":{"type":"array","items":{"$ref":"#/$defs/node"}}}}}}`,
	`{"type":"object","properties":{"u":{"type":"string","format":"uri","pattern":"^https?://"},"d":{"type":"string","format":"date"}},"$schema":"http://json-schema.org/draft-07/schema#"}`,
	`{"type":"object","properties":{"p":{"type":"array","items":[{"type":"number"},{"type":"string"}]}}}`,
	`{"type":"object","properties":{"v":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"description":"maybe"}}}`,
	`{"type":"object","properties":{"e":{"type":"integer","enum":[1,2,3]},"f":{"enum":["a",null,1]},"g":{"type":"string","enum":["x",7]},"h":{"enum":[]}}}`,
	`{"type":"object","properties":{"any":{},"yes":true,"no":false}}`,
	`{"type":"object","properties":{"filter[id]":{"type":"string"},"$top":{"type":"integer"}}}`,
	`{"type":"object","properties":{"a":{"type":"string"}},"required":["a","ghost"]}`,
	`{"type":"object","properties":{"n":{"type":"number","minimum":0,"exclusiveMinimum":true,"multipleOf":0.5}}}`,
	`{"type":"object","properties":{"t":{"type":"str"},"u":{"type":["string","integer"],"minLength":2},"w":{"type":[]}}}`,
	`{"type":"object","properties":{"s":{"type":"string","description":"how bad","anyOf":[{"enum":["error"]},{"pattern":"x"}]}}}`,
	`{"type":"object","properties":{"c":{"if":{"type":"string"},"then":{"minLength":1},"not":{"type":"null"}}},"additionalProperties":false}`,
	`{"type":"object","properties":{"r":{"$ref":"https://example.com/schema.json"},"q":{"$ref":"#/nowhere"}}}`,
	`{"type":"object","properties":{"deep":` + strings.Repeat(`{"type":"object","properties":{"d":`, 35) + `{"type":"array"}` + strings.Repeat(`}}`, 35) + `}}`,
}

// crowd is a server with 300 sound tools and one for each broken schema, beside a
// good server.
func crowd() *catalog.Catalog {
	big := serving("big", sound, many("fine", 300)...)
	for i, schema := range brokenSchemas {
		big.Tools = append(big.Tools, serving("big", schema, fmt.Sprintf("broken_%02d", i)).Tools...)
	}
	return built(big, serving("good", sound, "search", "fetch"))
}

// endpointWith connects to a strict endpoint under a provider's name.
func endpointWith(t *testing.T, provider string, rules llm.ToolRules) (*openai.Model, *llmtest.Endpoint) {
	t.Helper()
	yes := func(llmtest.Received) llmtest.Answer {
		return llmtest.Raw("application/json", `{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}`)
	}
	e := llmtest.NewEndpointFunc(t, llmtest.Strict(rules, yes))
	m, err := openai.New(openai.Config{Model: "m", BaseURL: e.URL(), Provider: provider, APIKey: "k"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m, e
}

// ask sends a request with these tools and gives the error.
func ask(t *testing.T, m llm.Model, tools []llm.Tool) error {
	t.Helper()
	r := llm.Request{Messages: []llm.Message{llm.Say(llm.User, "hi")}, Tools: tools}
	for _, err := range m.Stream(t.Context(), r) {
		if err != nil {
			return err
		}
	}
	return nil
}

// A strict endpoint accepts every request, however the broken tools come in: all
// at once as far as the provider allows, and one after the other as they are found.
func TestStrictEndpointsAcceptEveryRequest(t *testing.T) {
	t.Parallel()
	c := crowd()
	seen := map[llm.ToolRules]bool{}
	for _, provider := range llm.RuledProviders() {
		if rules := llm.RulesFor(provider, "m"); seen[rules] {
			continue // another provider has the same
		} else {
			seen[rules] = true
		}
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			m, e := endpointWith(t, provider, llm.RulesFor(provider, "m"))
			for _, limits := range []config.Tools{{}, {Max: 1000}} {
				o := newOffer(m.Info(), limits)
				for i := range brokenSchemas {
					o.tools(c.Entries(), "search")
					o.answer(fmt.Appendf(nil, `{"query":"broken %02d"}`, i))
					if i%5 != 4 {
						continue
					}
					if err := ask(t, m, o.tools(c.Entries(), "search")); err != nil {
						t.Fatalf("%+v, step %d: %v", limits, i, err)
					}
				}
				checkNothingLost(t, o, c)
			}
			if n := len(e.Requests()); n != 2*len(brokenSchemas)/5 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// checkNothingLost wants every broken tool to have been sent, or a reason.
func checkNothingLost(t *testing.T, o *offer, c *catalog.Catalog) {
	t.Helper()
	sent := namesOf(o.tools(c.Entries(), ""))
	infos, _ := o.infos(c, switches{}.off, nil)
	for _, info := range infos {
		broken := strings.HasPrefix(info.Tool.ID.Tool, "broken_")
		aside := strings.HasPrefix(info.Why, "set aside: ")
		switch {
		case broken && !aside && !slices.Contains(sent, info.Name):
			t.Errorf("%s was neither sent nor set aside: %s", info.Tool.ID.Tool, info.Why)
		case aside:
			t.Errorf("%s: %s", info.Tool.ID.Tool, info.Why)
		}
	}
}

// The endpoint's strictness is not for show: it refuses most of the broken tools
// as they came.
func TestStrictEndpointsRefuseWhatIsNotMended(t *testing.T) {
	t.Parallel()
	for provider, atLeast := range map[string]int{"OpenAI": 7, "Anthropic": 4, "Google Gemini": 15, "Moonshot": 10, "LM Studio": 8} {
		refused := 0
		for i, schema := range brokenSchemas {
			body := fmt.Appendf(nil, `{"tools":[{"type":"function","function":{"name":"t","parameters":%s}}]}`, schema)
			if llmtest.Refusal(llmtest.Received{Number: i, Body: body}, llm.RulesFor(provider, "m")) != nil {
				refused++
			}
		}
		if refused < atLeast {
			t.Errorf("%s refuses %d of %d, want %d", provider, refused, len(brokenSchemas), atLeast)
		}
	}
}

// An endpoint that refuses more than is known of it costs the tools it names, and
// the request goes again without them.
func TestARefusalCostsTheToolThatItNames(t *testing.T) {
	t.Parallel()
	harsh := llm.RulesFor("OpenAI", "m")
	harsh.Refused = "maxLength"
	m, e := endpointWith(t, "OpenAI", harsh)
	odd := serving("odd", `{"type":"object","properties":{"a":{"type":"string","maxLength":9}}}`, "odd_one", "odd_two")
	c := built(odd, serving("good", sound, "search", "fetch"))
	o := newOffer(m.Info(), config.Tools{})
	var aside []string
	for range 5 {
		tools := o.tools(c.Entries(), "")
		err := ask(t, m, tools)
		if err == nil {
			break
		}
		if !o.refused(err, tools) {
			t.Fatalf("nobody is blamed for %v", err)
		}
		for _, name := range namesOf(tools) {
			if o.fits[name].aside != "" {
				aside = append(aside, name)
			}
		}
	}
	slices.Sort(aside)
	if !slices.Equal(aside, []string{"odd_one", "odd_two"}) || len(e.Requests()) != 3 {
		t.Errorf("set aside %q in %d requests", aside, len(e.Requests()))
	}
	infos, _ := o.infos(c, switches{}.off, nil)
	if i := slices.IndexFunc(infos, func(i ToolInfo) bool { return i.Tool.ID.Tool == "odd_one" }); !strings.Contains(infos[i].Why, "OpenAI refuses it: ") {
		t.Errorf("why: %q", infos[i].Why)
	}
}

func TestRequestBytesCountsAllThatIsSaid(t *testing.T) {
	t.Parallel()
	r := llm.Request{
		System: "12345",
		Messages: []llm.Message{
			llm.Say(llm.User, "123"),
			{Role: llm.Assistant, Parts: []llm.Part{llm.ToolCall{Name: "ab", Arguments: json.RawMessage(`{}`)}}},
			{Role: llm.ToolRole, Parts: []llm.Part{llm.ToolResult{Text: "1234567"}}},
		},
		Tools: []llm.Tool{{Name: "abc", Description: "de", Schema: []byte(`{}`)}},
	}
	if got := requestBytes(r); got != 5+3+2+2+7+3+2+2 {
		t.Errorf("got %d", got)
	}
}
