package config

import "regexp"

// secretForms are the beginnings that providers give to their keys.
var secretForms = regexp.MustCompile(`\b(` +
	`sk-[A-Za-z0-9_-]{16,}|` + // OpenAI, Anthropic, OpenRouter and many who copy them
	`gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|` +
	`glpat-[A-Za-z0-9_-]{16,}|` +
	`xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|` + // Slack
	`A[KS]IA[A-Z0-9]{16}|` + // AWS
	`AIza[A-Za-z0-9_-]{30,}|` + // Google
	`(gsk|hf|npm|pplx|xai)[_-][A-Za-z0-9]{16,}|` +
	`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.` + // JSON web tokens
	`)|-----BEGIN [A-Z ]*PRIVATE KEY|` +
	`://[^/\s:@]*:[^/\s@${}]+@`) // a password in a URL

// looksSecret tells whether s holds what looks like a key of a known provider,
// or a URL with a password.
func looksSecret(s string) bool { return secretForms.MatchString(s) }
