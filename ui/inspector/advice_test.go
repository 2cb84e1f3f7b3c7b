package inspector

import (
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/clean"
)

// A brokenServer is what is known of a server that does not run.
type brokenServer struct {
	state          host.ServerState
	reason, stderr string
	command, found string
	url            string
	lookup         []string
	noise          int
}

var adviceCases = []struct {
	name string
	of   brokenServer
	want string // the first advice holds it
}{
	{"not found", brokenServer{reason: `"uvx" was not found`, command: "uvx", lookup: []string{"/usr/bin/uvx: not there"}}, "install uv,"},
	{"npx not found", brokenServer{reason: "npx: not found", command: "npx"}, "install Node.js"},
	{"own program", brokenServer{reason: "mytool: executable file not found in $PATH", command: "mytool"}, "absolute path of mytool"},
	{"absolute path", brokenServer{reason: "no such file or directory", command: "/opt/x"}, "there is no /opt/x"},
	{"variable in stderr", brokenServer{reason: "exited with status 1", stderr: "Error: SLACK_BOT_TOKEN is required\n", command: "npx", found: "/usr/bin/npx"}, "set SLACK_BOT_TOKEN"},
	{"variable, told first", brokenServer{reason: "exited", stderr: "Please set the environment variable API_KEY_2", command: "x", found: "/x"}, "set API_KEY_2"},
	{"missing variable", brokenServer{state: host.ServerNeedsYou, reason: "set GITHUB_TOKEN: it is named in env and not set", command: "x", found: "/x"}, "set GITHUB_TOKEN"},
	{"sign in", brokenServer{state: host.ServerNeedsYou, reason: "sign in: the server asked for authorization", url: "https://x"}, "ctrl+t"},
	{"untrusted", brokenServer{state: host.ServerUntrusted, command: "npx"}, "u asks whether you trust it"},
	{"package", brokenServer{reason: "exited with status 1", stderr: "Error: Cannot find module '/srv/index.js'", command: "node", found: "/usr/bin/node"}, "a package of it is missing"},
	{"EACCES", brokenServer{reason: "starting: permission denied", command: "./s", found: "/srv/my s"}, "chmod +x '/srv/my s'"},
	{"other machine", brokenServer{reason: "fork/exec /x: exec format error", command: "/x", found: "/x"}, "another kind of machine"},
	{"refused", brokenServer{reason: "dial tcp 127.0.0.1:8000: connect: connection refused", url: "http://127.0.0.1:8000/mcp"}, "nobody listens at http://127.0.0.1:8000/mcp"},
	{"its own service", brokenServer{reason: "exited with status 1", stderr: "connect ECONNREFUSED 127.0.0.1:5432", command: "x", found: "/x"}, "start that service"},
	{"host", brokenServer{reason: "lookup nowhere.invalid: no such host", url: "https://nowhere.invalid"}, "spelling of the address"},
	{"401", brokenServer{reason: "the server answered 401 Unauthorized", url: "https://x"}, "credentials are refused"},
	{"404", brokenServer{reason: "the server answered 404 Not Found", url: "https://x"}, "/mcp"},
	{"certificate", brokenServer{reason: "x509: certificate signed by unknown authority", url: "https://x"}, "certificate is not trusted"},
	{"port", brokenServer{reason: "exited", stderr: "listen EADDRINUSE: address already in use :::3000", command: "x", found: "/x"}, "has its port"},
	{"killed", brokenServer{reason: "ended by signal: killed", command: "x", found: "/x"}, "memory"},
	{"slow launcher", brokenServer{reason: "did not answer within 60 s", command: "npx", found: "/usr/bin/npx"}, "may have to download"},
	{"slow", brokenServer{reason: "did not answer within 10 s", command: "x", found: "/x"}, "t tries again"},
	{"argument", brokenServer{reason: "exited with status 2", stderr: "x: unrecognized option '--foo'\n", command: "x", found: "/x"}, "one of its arguments"},
	{"noise", brokenServer{reason: "closed its output", command: "x", found: "/x", noise: 3}, "standard output"},
	{"nothing known", brokenServer{reason: "exited with status 7", command: "x", found: "/x"}, "shell of your own"},
}

func TestAdvice(t *testing.T) {
	t.Parallel()
	for _, tt := range adviceCases {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var i host.Inspection
			i.Status.State = tt.of.state
			if i.Status.State == "" {
				i.Status.State = host.ServerFailed
			}
			i.Status.Reason, i.Status.Stderr, i.Status.Noise = clean.Foreign(tt.of.reason), clean.Foreign(tt.of.stderr), tt.of.noise
			i.Launch.Command, i.Launch.Resolved, i.Launch.URL, i.Launch.Lookup = tt.of.command, tt.of.found, tt.of.url, tt.of.lookup
			got := advice(i)
			if len(got) == 0 || !strings.Contains(got[0].text, tt.want) {
				t.Errorf("advice %+v, want %q first", got, tt.want)
			}
			if len(got) > maxTips {
				t.Errorf("%d pieces of advice", len(got))
			}
		})
	}
}

// What a server prints cannot put anything but letters into the advice.
func FuzzAdvice(f *testing.F) {
	f.Add("TOKEN_\x1b[2JA is required", "npx")
	f.Add("connection refused", "\u202e")
	f.Add("permission denied", "a'b\x07")
	f.Fuzz(func(t *testing.T, reason, command string) {
		var i host.Inspection
		i.Status.State, i.Status.Reason = host.ServerFailed, clean.Foreign(reason)
		i.Launch.Command, i.Launch.URL = command, command
		for _, a := range advice(i) {
			if clean.Line(a.text) != a.text {
				t.Errorf("not clean: %q", a.text)
			}
		}
	})
}
