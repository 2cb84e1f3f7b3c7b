package inspector

import (
	"path/filepath"
	"regexp"
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
)

// A tip is something to try, in words.
type tip struct{ text string }

// A remedy is what helps when the reason or the last words of a server match.
type remedy struct {
	signs *regexp.Regexp
	// say gives the advice; "" when it does not fit after all.
	say func(host.Inspection, []string) string
}

func constant(text string) func(host.Inspection, []string) string {
	return func(host.Inspection, []string) string { return text }
}

// remedies are tried in this order; the first ones that fit are shown.
var remedies = []remedy{
	{regexp.MustCompile(`\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b[^\n]{0,60}\b(?:required|missing|not set|not defined|undefined|must be set|not found|is empty)`), setVariable},
	{regexp.MustCompile(`(?i:required|missing|please set|must set|provide|no value for|unset)[^\n]{0,60}?\$?\{?\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b`), setVariable},
	{
		regexp.MustCompile(`(?i)cannot find module|modulenotfounderror|no module named|err_module_not_found|could not determine executable|404 not found - get https://registry|no matching distribution`),
		constant("the program runs, but a package of it is missing: check the package's name in args, or install it"),
	},
	{regexp.MustCompile(`(?i)permission denied|eacces|operation not permitted`), allowRunning},
	{regexp.MustCompile(`(?i)exec format error|bad cpu type`), constant("the program is built for another kind of machine: install the build for this one")},
	{regexp.MustCompile(`(?i)connection refused|econnrefused|actively refused`), refused},
	{regexp.MustCompile(`(?i)no such host|enotfound|name resolution|server misbehaving`), constant("the host's name is not known: check the spelling of the address, the network and the proxy")},
	{regexp.MustCompile(`(?i)\b(?:401|403)\b|unauthorized|forbidden|invalid token|bad credentials`), constant("the credentials are refused: check the token in env or headers of the entry, and whether it has expired")},
	{regexp.MustCompile(`(?i)\b404\b|\b405\b`), constant("nobody speaks MCP at this path: most servers have it at /mcp, older ones at /sse")},
	{regexp.MustCompile(`(?i)x509|certificate|tls:|ssl`), constant("the certificate is not trusted: check the address, the clock, and SSL_CERT_FILE for an authority of your own")},
	{regexp.MustCompile(`(?i)address already in use|eaddrinuse`), constant("another program has its port: end that one, or give this one another port")},
	{regexp.MustCompile(`(?i)out of memory|enomem|heap limit|signal: killed|sigkill`), constant("the system may have ended it for its memory: look at what it loads, and give it less")},
	{regexp.MustCompile(`(?i)time(?:d )?out|too long|did not answer|no answer|deadline|within \d+`), patience},
	{regexp.MustCompile(`(?i)unexpected argument|unknown (?:option|flag|argument)|unrecognized (?:option|argument)|^usage:|\nusage:`), constant("it does not know one of its arguments: compare args in the entry with its documentation (e edits)")},
	{regexp.MustCompile(`(?i)syntaxerror|unsupported engine|requires node|requires python|python_requires`), constant("it wants another version of its runtime: run the command with --version, and update it")},
}

// maxTips is how much advice is given at once.
const maxTips = 3

// advice says what to try with a server that does not run, the likeliest first.
// It is pure.
func advice(i host.Inspection) []tip {
	s := i.Status
	switch s.State {
	case host.ServerUntrusted:
		return []tip{{"read the command or address below: nothing of it has run yet. u asks whether you trust it"}}
	case host.ServerNeedsYou:
		if !strings.Contains(strings.ToLower(s.Reason.Raw()), "set") {
			return append(matching(i), tip{"a question may wait for you: ctrl+t goes there"})
		}
	}
	var tips []tip
	if l := i.Launch; l.Command != "" && l.Resolved == "" && missing(i) {
		tips = append(tips, tip{install(l.Command)})
	}
	tips = append(tips, matching(i)...)
	if s.Noise > 0 {
		tips = append(tips, tip{"it prints on standard output, where only protocol belongs: see the end of this page, and have it print to standard error"})
	}
	if len(tips) == 0 {
		tips = append(tips, tip{"run the command in a shell of your own and see what it says; r tries again"})
	}
	return tips[:min(len(tips), maxTips)]
}

// matching is the advice of the remedies that fit, each text once.
func matching(i host.Inspection) []tip {
	text := i.Status.Reason.Raw() + "\n" + i.Status.Stderr.Raw()
	var tips []tip
	seen := map[string]bool{}
	for _, r := range remedies {
		found := r.signs.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		if said := r.say(i, found); said != "" && !seen[said] {
			seen[said] = true
			tips = append(tips, tip{said})
		}
	}
	return tips
}

// missing tells whether the program was looked for and not found.
func missing(i host.Inspection) bool {
	if len(i.Launch.Lookup) > 0 {
		return true
	}
	reason := strings.ToLower(i.Status.Reason.Raw())
	return strings.Contains(reason, "not found") || strings.Contains(reason, "no such file")
}

// install says how to come by a program that is not there.
func install(command string) string {
	name := strings.TrimSuffix(filepath.Base(command), ".exe")
	from := map[string]string{
		"npx": "Node.js", "npm": "Node.js", "node": "Node.js", "uvx": "uv", "uv": "uv",
		"docker": "Docker", "podman": "Podman", "python": "Python", "python3": "Python", "bunx": "Bun", "bun": "Bun", "deno": "Deno",
	}[name]
	if from == "" {
		from = clean.Line(name)
	}
	if filepath.IsAbs(command) {
		return "there is no " + clean.Line(command) + ": correct the path in the entry (e edits)"
	}
	return "install " + from + ", or write the absolute path of " + clean.Line(name) + " as command in the entry (e edits)"
}

func setVariable(_ host.Inspection, found []string) string {
	name := clean.Line(found[1])
	return "set " + name + ` in "env" of the entry (e edits), then r`
}

func allowRunning(i host.Inspection, _ []string) string {
	path := i.Launch.Resolved
	if path == "" {
		path = i.Launch.Command
	}
	if path == "" {
		return "the server may not do that here: check the rights of the files it names"
	}
	return "the system refuses: chmod +x " + word(path) + " when that is no program yet, or check the rights of the files it names"
}

func refused(i host.Inspection, _ []string) string {
	if i.Launch.URL == "" {
		return "something it needs does not listen: start that service, or correct its address in env or args"
	}
	return "nobody listens at " + clean.Line(i.Launch.URL) + ": start that service, or correct the address (e edits), then r"
}

// launchers fetch a server before they start it.
var launchers = map[string]bool{"npx": true, "uvx": true, "bunx": true, "docker": true, "podman": true, "pipx": true, "npm": true, "uv": true, "go": true}

func patience(i host.Inspection, _ []string) string {
	if launchers[strings.TrimSuffix(filepath.Base(i.Launch.Command), ".exe")] {
		return "the first start may have to download: t tries again with twice the time, or run the command once in a shell"
	}
	return "t tries again with twice the time"
}
