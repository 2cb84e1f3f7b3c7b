package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"switchboard/host/clean"
	"switchboard/host/config"
)

func FuzzParse(f *testing.F) {
	for _, file := range append(glob(f, "testdata/claude/*.json"), exampleFile) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	for _, e := range badEntries {
		f.Add([]byte(document([]string{e, e})))
	}
	f.Add([]byte(`{"a": [1 "b" {"c": 2} [3]], // x` + "\n" + `"approval": {"allow": ["a/b"]} "d": /* e`))
	f.Add([]byte("{\"a\": \"\xff\xe2\x80\xa8\", // \xe2\x80\xa8\n}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		c := config.Parse("f.json", data, env("A=a", "HOME=/h"))
		if !bytes.Equal(before, data) {
			t.Fatal("the input was changed")
		}
		if again := config.Parse("f.json", data, env("A=a", "HOME=/h")); !reflect.DeepEqual(c, again) {
			t.Fatal("two readings differ")
		}
		for _, p := range c.Problems {
			checkProblem(t, p, data)
		}
		checkConfig(t, c)
	})
}

func glob(f *testing.F, pattern string) []string {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no file is like %s", pattern)
	}
	return files
}

func checkProblem(t *testing.T, p config.Problem, data []byte) {
	t.Helper()
	text := p.Error()
	if p.Message == "" || !utf8.ValidString(text) || clean.Hidden(text) > 0 {
		t.Fatalf("message %q", text)
	}
	if p.At.Line == 0 { // the remark that allow rules do not hold
		return
	}
	lines := bytes.Split(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\n"))
	if p.At.Line > len(lines) || p.At.Column < 1 || p.At.Column > len(lines[p.At.Line-1])+1 {
		t.Fatalf("%v is outside of the file", p.At)
	}
}

// checkConfig holds what callers rely on, whatever the file says.
func checkConfig(t *testing.T, c config.Config) {
	t.Helper()
	for _, s := range c.Servers {
		startable := s.Problem == nil && len(s.Missing) == 0 && !s.Disabled
		if startable && (s.Command == "") == (s.URL == "") {
			t.Fatalf("a server to start has command %q and URL %q", s.Command, s.URL)
		}
		if s.Problem != nil && s.Problem.Warning {
			t.Fatalf("a warning stops a server: %v", s.Problem)
		}
		if s.Timeout < 0 || s.Source.Line == 0 {
			t.Fatalf("%+v", s)
		}
	}
	if m := c.Model; m.Problem != nil && (m.APIKey != "" || m.BaseURL != "" || m.Headers != nil) {
		t.Fatalf("%+v", m)
	}
}
