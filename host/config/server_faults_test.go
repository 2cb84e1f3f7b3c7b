package config_test

import "testing"

func TestServerFaults(t *testing.T) {
	t.Parallel()
	checkFaults(t, []fault{
		{"neither", `{"mcpServers": {"x": {}}}`, []string{
			`1:17: mcpServers.x: expected "command" or "url", found neither`,
		}},
		{"both", `{"mcpServers": {"x": {"command": "a", "url": "https://h/"}}}`, []string{
			`1:39: mcpServers.x.url: "command" and "url" exclude each other (a server is either started here or reached by its URL)`,
		}},
		{"server is a string", `{"mcpServers": {"x": "npx"}}`, []string{
			`1:22: mcpServers.x: expected an object with "command" or "url", found a string`,
		}},
		{"servers are a list", `{"mcpServers": [{"command": "npx"}]}`, []string{
			`1:16: mcpServers: expected an object of servers by name, found a list`,
		}},
		{"root is a list", `[1]`, []string{
			`1:1: expected an object such as {"mcpServers": {}}, found a list`,
		}},
		{"root is null", `null`, []string{
			`1:1: expected an object such as {"mcpServers": {}}, found null`,
		}},
		{"no name", `{"mcpServers": {"": {"command": "a"}}}`, []string{
			`1:17: mcpServers[""]: the server has no name`,
		}},
		{"hidden in the name", `{"mcpServers": {"git\u200bhub": {"command": "a"}}}`, []string{
			`1:17: mcpServers["git‹U+200B›hub"]: the server's name contains characters that cannot be seen (type it again)`,
		}},
		{"space around the name", `{"mcpServers": {" x": {"command": "a"}}}`, []string{
			`1:17: warning: mcpServers[" x"]: the server's name begins or ends with white space`,
		}},
		{"name with a dot", `{"mcpServers": {"a.b": {"args": 5, "command": "a"}}}`, []string{
			`1:33: mcpServers["a.b"].args: expected a list of strings, found a number`,
		}},
		{"command is a list", `{"mcpServers": {"x": {"command": ["npx", "-y"]}}}`, []string{
			`1:34: mcpServers.x.command: expected a string, found a list (put the program in "command" and the rest in "args")`,
		}},
		{"command is a number", `{"mcpServers": {"x": {"command": 5}}}`, []string{
			`1:34: mcpServers.x.command: expected a string, found a number (put it in double quotes)`,
		}},
		{"command is empty", `{"mcpServers": {"x": {"command": " "}}}`, []string{
			`1:34: warning: mcpServers.x.command: leading or trailing white space is ignored`,
			`1:34: mcpServers.x.command: the command is empty (name the program to start)`,
		}},
		{"command with arguments", `{"mcpServers": {"x": {"command": "npx -y server"}}}`, []string{
			`1:34: warning: mcpServers.x.command: all of this is taken as the name of one program (put the arguments in "args")`,
		}},
		{"command with a tilde", `{"mcpServers": {"x": {"command": "~/bin/server"}}}`, []string{
			`1:34: warning: mcpServers.x.command: ~ is not expanded here (write ${HOME})`,
		}},
		{"command with space around", `{"mcpServers": {"x": {"command": "npx "}}}`, []string{
			`1:34: warning: mcpServers.x.command: leading or trailing white space is ignored`,
		}},
		{"NUL in the command", `{"mcpServers": {"x": {"command": "a\u0000b"}}}`, []string{
			`1:34: mcpServers.x.command: contains a NUL character, which no program can be given`,
		}},
		{"args is a number", `{"mcpServers": {"x": {"command": "a", "args": 7}}}`, []string{
			`1:47: mcpServers.x.args: expected a list of strings, found a number`,
		}},
		{"args is a string", `{"mcpServers": {"x": {"command": "a", "args": "-y server"}}}`, []string{
			`1:47: mcpServers.x.args: expected a list of strings, found a string (write ["one", "two"])`,
		}},
		{"one argument is a number", `{"mcpServers": {"x": {"command": "a", "args": ["-p", 8080]}}}`, []string{
			`1:54: mcpServers.x.args[1]: expected a string, found a number (put it in double quotes)`,
		}},
		{"argument with a tilde", `{"mcpServers": {"x": {"command": "a", "args": ["~/notes"]}}}`, []string{
			`1:48: warning: mcpServers.x.args[0]: ~ is not expanded here (write ${HOME})`,
		}},
		{"env is a list", `{"mcpServers": {"x": {"command": "a", "env": ["A=b"]}}}`, []string{
			`1:46: mcpServers.x.env: expected an object of strings by name, found a list`,
		}},
		{"env values are bare", `{"mcpServers": {"x": {"command": "a", "env": {"PORT": 8080, "DEBUG": true, "NONE": null}}}}`, []string{
			`1:55: mcpServers.x.env.PORT: expected a string, found a number (put it in double quotes)`,
			`1:70: mcpServers.x.env.DEBUG: expected a string, found a boolean (put it in double quotes)`,
			`1:84: mcpServers.x.env.NONE: expected a string, found null (leave the key out)`,
		}},
		{"env name with =", `{"mcpServers": {"x": {"command": "a", "env": {"A=B": "c"}}}}`, []string{
			`1:47: mcpServers.x.env["A=B"]: not a possible name for a variable`,
		}},
		{"env value with space around", `{"mcpServers": {"x": {"command": "a", "env": {"A": "c "}}}}`, []string{
			`1:52: warning: mcpServers.x.env.A: leading or trailing white space is kept`,
		}},
		{"cwd is empty", `{"mcpServers": {"x": {"command": "a", "cwd": ""}}}`, []string{
			`1:46: mcpServers.x.cwd: the folder is empty (leave the key out)`,
		}},
		{"cwd of another", `{"mcpServers": {"x": {"command": "a", "cwd": "~bob/x"}}}`, []string{
			`1:46: mcpServers.x.cwd: ~ is expanded for your own home folder only (write the whole path)`,
		}},
		{"cwd without home", `{"mcpServers": {"x": {"command": "a", "cwd": "~/x"}}}`, []string{
			`1:46: mcpServers.x.cwd: ~ cannot be expanded: HOME is not set (write the whole path)`,
		}},
		{"url is empty", `{"mcpServers": {"x": {"url": ""}}}`, []string{
			`1:30: mcpServers.x.url: the URL is empty (write https://host/path)`,
		}},
		{"url is none", `{"mcpServers": {"x": {"url": "https://h:port/"}}}`, []string{
			`1:30: mcpServers.x.url: not a valid URL (write https://host/path)`,
		}},
		{"url without scheme", `{"mcpServers": {"x": {"url": "example.com/mcp"}}}`, []string{
			`1:30: mcpServers.x.url: expected a URL that begins with https:// or http:// (write https://host/path)`,
		}},
		{"url of a file", `{"mcpServers": {"x": {"url": "file:///etc/passwd"}}}`, []string{
			`1:30: mcpServers.x.url: expected a URL that begins with https:// or http:// (write https://host/path)`,
		}},
		{"url without host", `{"mcpServers": {"x": {"url": "https:///mcp"}}}`, []string{
			`1:30: mcpServers.x.url: the URL names no host (write https://host/path)`,
		}},
		{"url in the clear", `{"mcpServers": {"x": {"url": "http://example.com/mcp"}}}`, []string{
			`1:30: warning: mcpServers.x.url: plain http to another machine: anyone on the way can read it, keys and tokens included (use https)`,
		}},
		{"url in the clear but here", `{"mcpServers": {"x": {"url": "http://127.0.0.1:8080/mcp"}}}`, nil},
		{"url with space around", `{"mcpServers": {"x": {"url": " https://h/mcp"}}}`, []string{
			`1:30: warning: mcpServers.x.url: leading or trailing white space is ignored`,
		}},
		{"url with a password", `{"mcpServers": {"x": {"url": "https://me:hunter2@h/mcp"}}}`, []string{
			`1:30: warning: mcpServers.x.url: looks like a secret written into the file (write ${NAME} here and set NAME in the environment)`,
		}},
		{"type sse", `{"mcpServers": {"x": {"url": "https://h/sse", "type": "sse"}}}`, []string{
			`1:55: mcpServers.x.type: type "sse" is not supported yet (if the server also speaks streamable HTTP, write "http")`,
		}},
		{"type unknown", `{"mcpServers": {"x": {"url": "https://h/", "type": "htpp"}}}`, []string{
			`1:52: mcpServers.x.type: expected "stdio", "http", "streamable-http" or "streamableHttp", found "htpp" (did you mean "http"?)`,
		}},
		{"type stdio with url", `{"mcpServers": {"x": {"url": "https://h/", "type": "stdio"}}}`, []string{
			`1:52: mcpServers.x.type: type "stdio" needs "command", found "url" (leave "type" out)`,
		}},
		{"type http with command", `{"mcpServers": {"x": {"type": "streamable-http", "command": "a"}}}`, []string{
			`1:31: mcpServers.x.type: this type needs "url", found "command" (leave "type" out)`,
		}},
		{"type is a number", `{"mcpServers": {"x": {"type": 1, "command": "a"}}}`, []string{
			`1:31: mcpServers.x.type: expected a string, found a number`,
		}},
		{"headers are a list", `{"mcpServers": {"x": {"url": "https://h/", "headers": ["A: b"]}}}`, []string{
			`1:55: mcpServers.x.headers: expected an object of strings by name, found a list (write {"Name": "value"})`,
		}},
		{"header name", `{"mcpServers": {"x": {"url": "https://h/", "headers": {"A b": "c"}}}}`, []string{
			`1:56: mcpServers.x.headers["A b"]: not a possible name for a header (use letters, digits and -)`,
		}},
		{"header twice", `{"mcpServers": {"x": {"url": "https://h/", "headers": {"A": "b", "a": "c"}}}}`, []string{
			`1:66: mcpServers.x.headers.a: the header appears twice; upper and lower case are the same (remove one of the two)`,
		}},
		{"header with a line break", `{"mcpServers": {"x": {"url": "https://h/", "headers": {"A": "b\r\nEvil: c"}}}}`, []string{
			`1:61: mcpServers.x.headers.A: contains a line break or another control character, which no header can carry`,
		}},
		{"header with space around", `{"mcpServers": {"x": {"url": "https://h/", "headers": {"A": "b "}}}}`, []string{
			`1:61: warning: mcpServers.x.headers.A: leading or trailing white space is ignored`,
		}},
		{"disabled is a string", `{"mcpServers": {"x": {"command": "a", "disabled": "true"}}}`, []string{
			`1:51: mcpServers.x.disabled: expected true or false, found a string (remove the quotes)`,
		}},
		{"timeout in seconds", `{"mcpServers": {"x": {"command": "a", "timeout": 60}}}`, []string{
			`1:50: warning: mcpServers.x.timeout: a bare number means milliseconds; 60ms is too short for a call, the default is used (if seconds were meant, write "60s")`,
		}},
		{"timeout below zero", `{"mcpServers": {"x": {"command": "a", "timeout": -1}}}`, []string{
			`1:50: mcpServers.x.timeout: expected a number of milliseconds above zero, found -1`,
		}},
		{"timeout without end", `{"mcpServers": {"x": {"command": "a", "timeout": 1e300}}}`, []string{
			`1:50: mcpServers.x.timeout: expected a number of milliseconds, found more than 292 years`,
		}},
		{"timeout beyond a float", `{"mcpServers": {"x": {"command": "a", "timeout": 1e999}}}`, []string{
			`1:50: mcpServers.x.timeout: expected a number of milliseconds, found one that is too large`,
		}},
		{"timeout without unit", `{"mcpServers": {"x": {"command": "a", "timeout": "90"}}}`, []string{
			`1:50: mcpServers.x.timeout: expected a time such as "90s", found "90" (write "90s", or a number of milliseconds)`,
		}},
		{"timeout of nothing", `{"mcpServers": {"x": {"command": "a", "timeout": "0s"}}}`, []string{
			`1:50: mcpServers.x.timeout: expected a time above zero, found 0s (write "90s", or a number of milliseconds)`,
		}},
		{"timeout is a list", `{"mcpServers": {"x": {"command": "a", "timeout": []}}}`, []string{
			`1:50: mcpServers.x.timeout: expected a time such as "90s", found a list (write "90s", or a number of milliseconds)`,
		}},
		{"unknown key", `{"mcpServers": {"x": {"comand": "a"}}}`, []string{
			`1:17: mcpServers.x: expected "command" or "url", found neither`,
			`1:23: warning: mcpServers.x.comand: unknown key, ignored (did you mean "command"?)`,
		}},
		{"unknown key far from all", `{"mcpServers": {"x": {"command": "a", "colour": "red"}}}`, []string{
			`1:39: warning: mcpServers.x.colour: unknown key, ignored`,
		}},
		{"key of another client", `{"mcpServers": {"x": {"command": "a", "alwaysAllow": ["t"]}}}`, []string{
			`1:39: warning: mcpServers.x.alwaysAllow: unknown key, ignored (write "approval": {"allow": ["server/tool"]})`,
		}},
		{"key twice", `{"mcpServers": {"x": {"command": "a", "args": [], "args": ["b"]}}}`, []string{
			`1:51: mcpServers.x.args: the key appears twice; the first one, on line 1, is used (remove one of the two)`,
		}},
		{"server twice", `{"mcpServers": {"x": {"command": "a"}, "x": {"command": "b"}}}`, []string{
			`1:40: mcpServers.x: the key appears twice; the first one, on line 1, is used (remove one of the two)`,
		}},
		{"secret in env", `{"mcpServers": {"x": {"command": "a", "env": {"T": "ghp_0123456789abcdefghij"}}}}`, []string{
			`1:52: warning: mcpServers.x.env.T: looks like a secret written into the file (write ${NAME} here and set NAME in the environment)`,
		}},
		{"secret as a key", `{"mcpServers": {"x": {"command": "a", "env": {"ghp_0123456789abcdefghij": 5}}}}`, []string{
			`1:75: mcpServers.x.env["(what looks like a secret)"]: expected a string, found a number (put it in double quotes)`,
		}},
		{"variable of another client", `{"mcpServers": {"x": {"command": "a", "env": {"T": "${env:TOKEN}"}}}}`, []string{
			`1:52: mcpServers.x.env.T: variables are not written like this here (write ${TOKEN})`,
		}},
		{"variable that is none", `{"mcpServers": {"x": {"command": "a", "args": ["${1}"]}}}`, []string{
			`1:48: warning: mcpServers.x.args[0]: a ${ that begins no variable is passed on as it is (variables are written ${NAME} or ${NAME:-default})`,
		}},
		{"variable set to nothing", `{"mcpServers": {"x": {"url": "https://h/", "headers": {"A": "Bearer ${EMPTY}"}}}}`, []string{
			`1:61: warning: mcpServers.x.headers.A: the variable EMPTY is set but empty`,
			`1:61: warning: mcpServers.x.headers.A: leading or trailing white space is ignored`,
		}},
	})
}
