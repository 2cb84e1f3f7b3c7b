package server_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// secrets are variables that many people have set and that no server must see
// unless its own entry names them.
var secrets = strings.Fields(`OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY MISTRAL_API_KEY OPENROUTER_API_KEY
	GROQ_API_KEY HF_TOKEN AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AZURE_CLIENT_SECRET
	GOOGLE_APPLICATION_CREDENTIALS GITHUB_TOKEN GH_TOKEN GITLAB_TOKEN NPM_TOKEN PYPI_TOKEN CARGO_REGISTRY_TOKEN
	SLACK_BOT_TOKEN DISCORD_TOKEN STRIPE_SECRET_KEY TWILIO_AUTH_TOKEN SENTRY_AUTH_TOKEN DATABASE_URL PGPASSWORD
	MYSQL_PWD REDIS_URL VAULT_TOKEN KUBECONFIG SSH_AUTH_SOCK DOCKER_AUTH_CONFIG HTTPS_PROXY`)

// Of more than thirty secrets in our environment the child sees none; it sees the
// short list that is documented and what its own entry names.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	passed := []string{
		"HOME=/home/x", "LOGNAME=x", "PATH=" + os.Getenv("PATH"), "SHELL=/bin/sh", "USER=x", "LANG=C", "LC_ALL=C",
		"LC_TIME=C", "TERM=dumb", "TMPDIR=/tmp", "TZ=UTC", "XDG_CONFIG_HOME=/c", "XDG_DATA_HOME=/d", "XDG_CACHE_HOME=/e", "XDG_STATE_HOME=/f",
	}
	environ := slices.Clone(passed)
	for _, name := range secrets {
		environ = append(environ, name+"=hidden")
	}
	if len(secrets) < 30 {
		t.Fatalf("%d secrets", len(secrets))
	}

	cfg := servertest.Config("fixture")
	cfg.Env = append(cfg.Env, "GITHUB_TOKEN=its own", "TERM=xterm")
	cfg.Dir = t.TempDir()
	l := run(t, cfg, server.Options{Environ: environ})
	l.awaitState(server.Ready)
	got := strings.Split(l.call("env", `{}`).Text.Raw(), "\n")
	slices.Sort(got)
	want := append(slices.DeleteFunc(slices.Clone(passed), func(nv string) bool { return nv == "TERM=dumb" }), cfg.Env...)
	slices.Sort(want)
	// Go's own os/exec and shells add PWD to no environment that is given whole.
	if !slices.Equal(got, want) {
		t.Errorf("the child sees\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if dir := l.call("cwd", `{}`).Text.Raw(); dir != cfg.Dir {
		t.Errorf("it works in %s, want %s", dir, cfg.Dir)
	}
}

// What one entry names no other server sees.
func TestServersDoNotShareSecrets(t *testing.T) {
	t.Parallel()
	one, two := servertest.Config("one"), servertest.Config("two")
	one.Env = append(one.Env, "GITHUB_TOKEN=of one alone")
	first, second := run(t, one, server.Options{}), run(t, two, server.Options{})
	first.awaitState(server.Ready)
	second.awaitState(server.Ready)
	if !strings.Contains(first.call("env", `{}`).Text.Raw(), "of one alone") {
		t.Error("a server does not get what its entry names")
	}
	if strings.Contains(second.call("env", `{}`).Text.Raw(), "of one alone") {
		t.Error("a server sees the secret of another")
	}
}
