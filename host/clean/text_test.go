package clean_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"switchboard/host/clean"
)

const hostile = "a\x1b[2J\u202e\n\u009b\U000e0061\xff"

func TestTextPrintsStrictly(t *testing.T) {
	t.Parallel()
	text := clean.Foreign(hostile)
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "text", text)
	printed := map[string]string{
		//lint:ignore S1025 What the verb does is what is tested.
		"%s":      fmt.Sprintf("%s", text),
		"%v":      fmt.Sprintf("%v", text),
		"%+v":     fmt.Sprintf("%+v", text),
		"%#v":     fmt.Sprintf("%#v", text),
		"%q":      fmt.Sprintf("%q", text),
		"Sprint":  fmt.Sprint(text),
		"pointer": fmt.Sprint(&text),
		"field":   fmt.Sprintf("%v", struct{ T clean.Text }{text}),
		"slog":    strings.TrimSuffix(log.String(), "\n"),
	}
	for how, got := range printed {
		if clean.Line(got) != got {
			t.Errorf("printed by %s: %q", how, got)
		}
	}
	if text.String() != clean.Line(hostile) || text.Raw() != hostile {
		t.Errorf("String %q, Raw %q", text.String(), text.Raw())
	}
}

func TestTextEmpty(t *testing.T) {
	t.Parallel()
	if !clean.Foreign("").Empty() || !(clean.Text{}).Empty() || clean.Foreign("\u200b").Empty() {
		t.Error("only a text of no bytes is empty")
	}
}

func TestTextAsJSON(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "plain", "<b>&", "é 日本 😀", hostile, "\u2028\u0085\x7f\u00a0\U000e0061\U0010ffff"} {
		written, err := json.Marshal(map[string]clean.Text{"text": clean.Foreign(raw)})
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		if shown := clean.Line(string(written)); shown != string(written) {
			t.Errorf("%q is written with hidden characters: %s", raw, shown)
		}
		var back map[string]string
		if err := json.Unmarshal(written, &back); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if want := strings.ToValidUTF8(raw, string(utf8.RuneError)); back["text"] != want {
			t.Errorf("%q came back as %q", want, back["text"])
		}
	}
}
