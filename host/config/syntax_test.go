package config_test

import (
	"strings"
	"testing"
)

func TestSyntaxFaults(t *testing.T) {
	t.Parallel()
	checkFaults(t, []fault{
		{"empty", ``, []string{
			`1:1: the file is empty (write at least {"mcpServers": {}})`,
		}},
		{"white space", "  \n ", []string{
			`1:1: the file is empty (write at least {"mcpServers": {}})`,
		}},
		{"UTF-16", "\xff\xfe{\x00", []string{
			`1:1: the file is UTF-16 (save it as UTF-8)`,
		}},
		{"cut short", `{"mcpServers": {"x": {"command": "a"`, []string{
			`1:37: mcpServers.x: expected , or }, found the end of the file (the { of line 1 is still open)`,
		}},
		{"cut in a string", `{"mcpServers": {"x": {"command": "a`, []string{
			`1:34: mcpServers.x.command: this string has no closing quote (close it with ")`,
		}},
		{"no closing quote", "{\"mcpServers\": {\"x\": {\"command\": \"npx,\n \"args\": []}}}", []string{
			`1:34: mcpServers.x.command: this string has no closing quote on its line (close it with "; a line break is written \n)`,
		}},
		{"no value", `{"mcpServers": {"x": }}`, []string{
			`1:22: mcpServers.x: expected a value, found }`,
		}},
		{"no colon", `{"mcpServers" {"x": {}}}`, []string{
			`1:15: mcpServers: expected : between key and value, found {`,
		}},
		{"comma missing", "{\"mcpServers\": {\"x\": {\"command\": \"a\"}\n \"y\": {\"command\": \"b\"}}}", []string{
			`2:2: mcpServers: expected , or }, found a string (put a comma after the value before it)`,
		}},
		{"comma missing in a list", `{"mcpServers": {"x": {"command": "a", "args": ["-y" "b"]}}}`, []string{
			`1:53: mcpServers.x.args[1]: expected , or ], found a string (put a comma after the value before it)`,
		}},
		{"brace instead of bracket", `{"mcpServers": {"x": {"command": "a", "args": ["-y"}}}`, []string{
			`1:52: mcpServers.x.args: expected , or ], found } (the [ of line 1 is still open)`,
		}},
		{"two commas", `{"mcpServers": {"x": {"command": "a",, "args": []}}}`, []string{
			`1:38: mcpServers.x: expected a key in double quotes or }, found ,`,
		}},
		{"bare key", `{mcpServers: {}}`, []string{
			`1:2: expected a key in double quotes or }, found a bare word or number (put it in double quotes)`,
		}},
		{"bare word", `{"mcpServers": {"x": {"command": npx}}}`, []string{
			`1:34: mcpServers.x.command: expected a value, found a bare word or number (put strings in double quotes)`,
		}},
		{"Python's truth", `{"mcpServers": {"x": {"command": "a", "disabled": True}}}`, []string{
			`1:51: mcpServers.x.disabled: expected a value, found a bare word or number (write true)`,
		}},
		{"single quotes", `{'mcpServers': {}}`, []string{
			`1:2: expected a key in double quotes or }, found a single quote`,
		}},
		{"typographic quotes", `{“mcpServers”: {}}`, []string{
			`1:2: expected a key in double quotes or }, found a typographic quote`,
		}},
		{"Windows path", `{"mcpServers": {"x": {"command": "C:\Users\me\server.exe"}}}`, []string{
			`1:37: mcpServers.x.command: a backslash that begins no escape sequence (write \\ for one backslash, as in "C:\\Users")`,
		}},
		{"letters that are no code point", `{"theme": "\u00g0"}`, []string{
			`1:12: theme: a backslash that begins no escape sequence (write \\ for one backslash, as in "C:\\Users")`,
		}},
		{"code point cut short", `{"theme": "\u00`, []string{
			`1:12: theme: a backslash that begins no escape sequence (write \\ for one backslash, as in "C:\\Users")`,
		}},
		{"None", `{"theme": None}`, []string{
			`1:11: theme: expected a value, found a bare word or number (leave the key out)`,
		}},
		{"list not closed", `{"mcpServers": {"x": {"command": "a", "args": ["-y",`, []string{
			`1:53: mcpServers.x.args: expected a value or ], found the end of the file (the [ of line 1 is still open)`,
		}},
		{"line separator in a comment", "{\"theme\": \"dark\" // a\u2028b\n}", []string{
			`1:18: this comment contains bytes that are not valid UTF-8, or a line separator (U+2028, U+2029) (type the comment again)`,
		}},
		{"invisible character", "{\u200b\"theme\": \"dark\"}", []string{
			`1:2: expected a key in double quotes or }, found the character U+200B`,
		}},
		{"tab in a string", "{\"mcpServers\": {\"x\": {\"command\": \"a\tb\"}}}", []string{
			`1:36: mcpServers.x.command: a control character inside a string (a tab is written \t)`,
		}},
		{"after the end", `{"mcpServers": {}} {"theme": "dark"}`, []string{
			`1:20: expected the end of the file, found { (everything belongs inside the one object, which ends before this)`,
		}},
		{"comment without end", `{"theme": "dark" /* not closed }`, []string{
			`1:18: this comment has no end (close it with */)`,
		}},
		{"slash", `{"theme": / "dark"}`, []string{
			`1:11: theme: expected a value, found /`,
		}},
		{"invalid UTF-8", "{\"theme\": \"\xff\"}", []string{
			`1:11: theme: the string is not valid UTF-8 (save the file as UTF-8)`,
		}},
		{"invalid UTF-8 outside", "{\xff}", []string{
			`1:2: expected a key in double quotes or }, found the byte 0xff`,
		}},
		{"equals sign", `{"theme" = "dark"}`, []string{
			`1:10: theme: expected : between key and value, found =`,
		}},
		{"too deep", `{"theme": ` + strings.Repeat("[", 70) + `}`, []string{
			`1:74: brackets are nested more than 64 deep`,
		}},
	})
}
