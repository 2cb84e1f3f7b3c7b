package config_test

import "testing"

func TestSectionFaults(t *testing.T) {
	t.Parallel()
	checkFaults(t, []fault{
		{"section of another client", `{"servers": {"x": {"command": "a"}}}`, []string{
			`1:2: warning: servers: unknown key, ignored (write "mcpServers")`,
		}},
		{"section misspelt", `{"mcpServer": {}}`, []string{
			`1:2: warning: mcpServer: unknown key, ignored (did you mean "mcpServers"?)`,
		}},
		{"server at the top", `{"github": {"command": "npx"}}`, []string{
			`1:2: warning: github: unknown key, ignored (a server belongs under "mcpServers")`,
		}},
		{"section twice", `{"theme": "dark", "theme": "light"}`, []string{
			`1:19: theme: the key appears twice; the first one, on line 1, is used (remove one of the two)`,
		}},
		{"theme is a number", `{"theme": 5}`, []string{
			`1:11: theme: expected a string, found a number`,
		}},
		{"model is a string", `{"model": "gpt-4.1"}`, []string{
			`1:11: model: no entry of "models" is called "gpt-4.1" (write {"name": "..."} for a model that is none)`,
		}},
		{"model with a number", `{"model": {"name": 5}}`, []string{
			`1:20: model.name: expected a string, found a number`,
		}},
		{"model without a name", `{"model": {"name": ""}}`, []string{
			`1:20: model.name: expected a model's name, found an empty string (leave the key out)`,
		}},
		{"temperature is a string", `{"model": {"temperature": "0.7"}}`, []string{
			`1:27: model.temperature: expected a number from 0 to 2, found a string`,
		}},
		{"temperature too high", `{"model": {"temperature": 3}}`, []string{
			`1:27: model.temperature: expected a number from 0 to 2, found 3`,
		}},
		{"maxOutput is a fraction", `{"model": {"maxOutput": 1.5}}`, []string{
			`1:25: model.maxOutput: expected a whole number of tokens, found 1.5`,
		}},
		{"maxOutput below one", `{"model": {"maxOutput": 0}}`, []string{
			`1:25: model.maxOutput: expected a whole number of tokens, found 0`,
		}},
		{"model key in two spellings", `{"model": {"baseUrl": "https://a/", "base_url": "https://b/"}}`, []string{
			`1:37: model.base_url: "baseUrl" appears twice, in two spellings; the first one is used (remove one of the two)`,
		}},
		{"baseUrl by another name", `{"model": {"endpoint": "https://a/"}}`, []string{
			`1:12: model.endpoint: unknown key (did you mean "baseUrl"?)`,
		}},
		{"baseUrl misspelt", `{"model": {"baseUlr": "https://a/"}}`, []string{
			`1:12: model.baseUlr: unknown key (did you mean "baseUrl"?)`,
		}},
		{"model key misspelt", `{"model": {"temprature": 1}}`, []string{
			`1:12: warning: model.temprature: unknown key, ignored (did you mean "temperature"?)`,
		}},
		{"secret in apiKey", `{"model": {"apiKey": "sk-0123456789abcdefghij"}}`, []string{
			`1:22: warning: model.apiKey: looks like a secret written into the file (write ${NAME} here and set NAME in the environment)`,
		}},
		{"apiKey with a line break", `{"model": {"apiKey": "a\nb"}}`, []string{
			`1:22: model.apiKey: contains a line break or another control character, which no header can carry`,
		}},
		{"collision default", `{"collisions": {"default": "asks"}}`, []string{
			`1:28: collisions.default: expected "ask", "namespace", "priority", "describe" or "ask-each-call", found "asks" (did you mean "ask"?)`,
		}},
		{"collision of a tool", `{"collisions": {"tools": {"search": "server:"}}}`, []string{
			`1:37: collisions.tools.search: expected "ask", "namespace", "priority", "describe", "ask-each-call" or "server:NAME", found "server:"`,
		}},
		{"collision of a tool misspelt", `{"collisions": {"tools": {"search": "ask_each_call"}}}`, []string{
			`1:37: collisions.tools.search: expected "ask", "namespace", "priority", "describe", "ask-each-call" or "server:NAME", found "ask_each_call" (did you mean "ask-each-call"?)`,
		}},
		{"collision default is one server", `{"collisions": {"default": "server:notes"}}`, []string{
			`1:28: collisions.default: expected "ask", "namespace", "priority", "describe" or "ask-each-call", found "server:notes"`,
		}},
		{"collision tool without a name", `{"collisions": {"tools": {"": "ask"}}}`, []string{
			`1:27: collisions.tools[""]: the tool has no name`,
		}},
		{"collision key", `{"collisions": {"tool": {}}}`, []string{
			`1:17: warning: collisions.tool: unknown key, ignored (did you mean "tools"?)`,
		}},
		{"rules are a string", `{"approval": {"allow": "a/b"}}`, []string{
			`1:24: approval.allow: expected a list of rules, found a string (write ["server/tool"])`,
		}},
		{"rule is a number", `{"approval": {"deny": [5]}}`, []string{
			`1:24: approval.deny[0]: expected a string, found a number`,
		}},
		{"approval is a list", `{"approval": []}`, []string{
			`1:14: approval: expected an object with "allow", "ask" or "deny", found a list`,
		}},
		{"approval key", `{"approval": {"denny": ["a/b"]}}`, []string{
			`1:15: warning: approval.denny: unknown key, ignored (did you mean "deny"?)`,
		}},
	})
}
