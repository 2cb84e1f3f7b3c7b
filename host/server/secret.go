package server

import (
	"encoding/base64"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"switchboard/host/config"
	"switchboard/host/server/record"
)

// shortValue is the length below which a value whose name says nothing is taken
// for no secret: switches, ports, levels.
const shortValue = 8

var (
	// secretName finds names that are given to secrets. AUTHOR, KEYBOARD and
	// MAX_TOKENS are none of them.
	secretName = regexp.MustCompile(`(?i)(?:(?:key|secret|credential|passw(?:or)?d|cookie)s?|token|passphrase|pass|pwd|auth|authorization|session|signature|private|dsn|bearer|jwt|webhook|(?:^|[^a-z])pat)(?:$|[^a-z])`)
	// keyShape finds keys by what their makers put in front of them.
	keyShape = regexp.MustCompile(`\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{12,}|\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{16,}|\bglpat-[\w-]{12,}|` +
		`\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[\w-]{20,}|\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|` +
		`\bnpm_[A-Za-z0-9]{16,}|\bhf_[A-Za-z0-9]{16,}|\b(?:ntn|secret|lin_api|figd|shpat|dop_v1|r8|tvly|pplx)[-_][A-Za-z0-9_-]{12,}|\bya29\.[\w-]{10,}`)
	// plainHeaders hold no secrets.
	plainHeaders = regexp.MustCompile(`(?i)^(?:accept(?:-.*)?|content-type|user-agent|mcp-.*|cache-control|origin|host)$`)
	// plainWord is a value that is a number, a version, an address of a machine, or
	// words that configurations are made of.
	plainWord = regexp.MustCompile(`(?i)^(?:[\d.:,_-]+|localhost(?::\d+)?|production|development|staging|disabled|enabled|information|warnings?|readonly|read-only|read_only|[a-z]{2}_[a-z]{2}\.utf-?8|utf-?8)$`)
)

// secrets lists the values of an entry that must not show up in any record: the
// values of its environment and headers unless they are plainly harmless, what
// its URL holds besides the address, and the arguments that look like secrets.
func secrets(cfg config.Server) []string {
	var all []string
	for _, nv := range cfg.Env {
		if name, value, ok := strings.Cut(nv, "="); ok && !harmless(name, value) {
			all = append(append(all, value), insideURL(value)...)
		}
	}
	for name, value := range cfg.Headers {
		if !plainHeaders.MatchString(name) {
			all = append(append(all, value), credentials(value)...)
		}
	}
	all = append(all, insideURL(cfg.URL)...)
	all = append(all, argumentSecrets(cfg.Args)...)
	return slices.DeleteFunc(all, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// Secrets lists the values of an entry that must not show up in any record.
func Secrets(cfg config.Server) []string { return secrets(cfg) }

// MaskKeys replaces what has the shape of a key as its makers write them.
func MaskKeys(s string) string { return keyShape.ReplaceAllString(s, record.Mark) }

// harmless tells whether a value may be shown: its name is that of no secret, and
// it is short, a plain word or number, a path, or an address with no key in it.
func harmless(name, value string) bool {
	switch {
	case secretName.MatchString(name):
		return false
	case len(value) < shortValue, plainWord.MatchString(value):
		return true
	case keyShape.MatchString(value):
		return false
	case filepath.IsAbs(value), strings.HasPrefix(value, "~/"), strings.HasPrefix(value, "./"), strings.HasPrefix(value, "../"):
		return !slices.ContainsFunc(strings.Split(value, "/"), looksRandom)
	}
	u, err := url.Parse(value)
	return err == nil && u.Scheme != "" && u.Host != "" && len(insideURL(value)) == 0
}

// credentials finds what is secret in the value of a header: what follows the
// scheme, and of Basic the password.
func credentials(value string) []string {
	scheme, token, ok := strings.Cut(strings.TrimSpace(value), " ")
	if !ok {
		return nil
	}
	token = strings.TrimSpace(token)
	found := []string{token}
	if strings.EqualFold(scheme, "basic") {
		if plain, err := base64.StdEncoding.DecodeString(token); err == nil {
			_, password, _ := strings.Cut(string(plain), ":")
			found = append(found, string(plain), password)
		}
	}
	return found
}

// insideURL finds what is secret in a URL: the password, or the user where there
// is none, the values of the query, and parts of the path that look like keys.
func insideURL(address string) []string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	var found []string
	if password, ok := u.User.Password(); ok {
		found = append(found, password)
	} else if u.User != nil {
		found = append(found, u.User.Username())
	}
	for name, values := range u.Query() {
		for _, value := range values {
			if !harmless(name, value) {
				found = append(found, value)
			}
		}
	}
	for part := range strings.SplitSeq(u.EscapedPath(), "/") {
		if looksRandom(part) {
			found = append(found, part)
		}
	}
	return found
}

// looksRandom tells whether a part of a path is more likely a key than a word: it
// is long and mixes letters with digits.
func looksRandom(s string) bool {
	if keyShape.MatchString(s) {
		return true
	}
	return len(s) >= 16 && strings.ContainsFunc(s, unicode.IsDigit) && strings.ContainsFunc(s, unicode.IsLetter) &&
		!strings.ContainsAny(s, ".@")
}

// argumentSecrets finds the secrets on a command line: what follows a flag or a
// name that is one for secrets, keys by their shape, and what URLs hold.
func argumentSecrets(args []string) []string {
	var found []string
	for i, arg := range args {
		_, value := namedSecret(args, i)
		found = append(found, value)
		found = append(found, keyShape.FindAllString(arg, -1)...)
		found = append(found, insideURL(arg)...)
		if _, assigned, ok := strings.Cut(arg, "="); ok {
			found = append(found, insideURL(assigned)...)
		}
		if _, token, ok := strings.Cut(arg, "earer "); ok { // of a header given to a bridge such as mcp-remote
			found = append(found, strings.TrimSpace(token))
		}
	}
	return found
}

// namedSecret splits an argument whose name says that it is a secret, such as the
// one after --token, or NAME_KEY=value. The secret is "" for any other.
func namedSecret(args []string, i int) (before, secret string) {
	name, value, assigned := strings.Cut(args[i], "=")
	switch {
	case i > 0 && isFlag(args[i-1]) && secretName.MatchString(args[i-1]) && !isFlag(args[i]):
		return "", args[i]
	case assigned && secretName.MatchString(name):
		return name + "=", value
	}
	return args[i], ""
}

// shownArguments are arguments without their secrets, of whatever length.
func shownArguments(args []string, mask *record.Masker) []string {
	shown := make([]string, len(args))
	for i, arg := range args {
		if before, secret := namedSecret(args, i); secret != "" {
			arg = before + record.Mark
		}
		shown[i] = mask.String(arg)
	}
	return shown
}

// isFlag tells whether an argument is a flag that takes the next one as its value.
func isFlag(arg string) bool {
	return strings.HasPrefix(arg, "-") && !strings.Contains(arg, "=") && len(arg) > 1
}
