package transcript_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
)

func TestWelcomeGoesWithTheFirstTurn(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "dark", 80, 20)
	wants(t, see(tr), "Switchboard", "Try", "ctrl+j new line")
	play(tr, prompt("hello"))
	lacks(t, see(tr), "Switchboard", "Try")
}

func TestReasoningFoldsWhenDone(t *testing.T) {
	t.Parallel()
	think := func(s string) host.Event { return host.Reasoning{Text: clean.Foreign(s)} }
	tr := newTranscript(t, "none", 40, 20)
	play(tr, prompt("q"))
	for i := range 12 {
		play(tr, think(fmt.Sprintf("thought %d\n", i)))
	}
	wants(t, see(tr), "thinking …", "thought 11", "thought 9")
	lacks(t, see(tr), "thought 8")
	play(tr, text("an answer"))
	wants(t, see(tr), "∴ thought for 12 lines", "an answer")
	lacks(t, see(tr), "thought 11")
	tr.Select(-1)
	tr.Select(-1)
	tr.ToggleSelected()
	wants(t, see(tr), "thought 0", "thought 11")
	tr.ToggleSelected()
	lacks(t, see(tr), "thought 0")
}

func TestAnswerThatIsCutSaysSo(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 20)
	play(tr, prompt("q"), text("The answer is fort"), host.TurnEnded{
		Finish: host.FinishFailed, Failure: host.Failure{Message: clean.Foreign("connection reset"), Hint: "Try again."},
	})
	wants(t, see(tr), "The answer is fort\n   ┄┄ the answer breaks off here\n\n ✗ connection reset\n   Try again.")
	wants(t, tr.Plain(), "The answer is fort\n[the answer breaks off here]\n\n✗ connection reset\nTry again.")
}

func TestFailureWithoutTextMarksNothing(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 20)
	play(tr, prompt("q"), text("Complete."), plan("1", "s", "t", "{}"), finish("1", host.Succeeded, "x"), host.StepStarted{Step: 2}, host.TurnEnded{Finish: host.FinishFailed})
	lacks(t, see(tr), "breaks off")
	wants(t, see(tr), "✗ The turn failed.")
}

func TestBlankTextIsNoAnswer(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 20)
	play(tr, prompt("q"), text("\n\n"), plan("1", "s", "t", "{}"), text(" "), plan("2", "s", "u", "{}"))
	wants(t, see(tr), " ○ s/t  planned\n ○ s/u  planned\n")
}

func TestLongPromptFolds(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 40)
	play(tr, prompt(strings.Repeat("pasted\n", 200)))
	wants(t, see(tr), "… 188 more lines")
	tr.Select(-1)
	tr.ToggleSelected()
	lacks(t, see(tr), "more lines")
}

func TestPromptKeepsItsShape(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 20)
	play(tr, prompt("fix this:\n\n\tif x {\n\t    y()\n\t}\n"))
	wants(t, see(tr), " ❯ fix this:\n\n       if x {\n           y()\n       }\n")
}

// Whole results, names, prompts and messages in every field that a server or a
// model can fill.
func TestHostileTextIsHarmless(t *testing.T) {
	t.Parallel()
	for name, evil := range map[string]string{
		"many parameters":      "\x1b[" + strings.Repeat("1;", 33) + "m",
		"deep quotes":          strings.Repeat(">", 100),
		"a flood of escapes":   strings.Repeat("\x1b[", 50_000),
		"a flood of new lines": strings.Repeat("\n", 50_000),
		"an open title":        "\x1b]0;pwned",
		"C1":                   "\u009b31m\u009d0;x\u009c",
		"bidi":                 "\u202egnp.exe\u2066\u2069",
		"carriage return":      "hello\rXX\r\nYY",
		"invalid":              "\xff\xc3\x28\xf0",
		"two megabytes":        strings.Repeat("0123456789 ", 200_000),
		"one long word":        strings.Repeat("x", 2_000_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := clean.Foreign(evil)
			short := clean.Head(evil, 2000)
			tr := newTranscript(t, "dark", 80, 24)
			begun := time.Now()
			play(tr, host.Notice{Text: clean.Foreign(short)})
			checkWindow(t, tr, 80, 24)
			play(tr, prompt(short), host.Reasoning{Text: f})
			checkWindow(t, tr, 80, 24)
			play(tr,
				host.CallPlanned{ID: "1", Name: f, Server: short, Tool: short, Arguments: []byte(`{"a` + short + `":"` + short + `"}`)},
				host.CallStarted{ID: "1"}, host.CallProgress{ID: "1", Message: f})
			checkWindow(t, tr, 80, 24)
			play(tr, finish("1", host.ToolError, evil), text(clean.Head(evil, 100_000)))
			checkWindow(t, tr, 80, 24)
			tr.ToggleAll()
			play(tr, host.TurnEnded{Finish: host.FinishFailed, Failure: host.Failure{Message: clean.Foreign(short), Hint: short}})
			checkWindow(t, tr, 80, 24)
			tr.Top()
			checkWindow(t, tr, 80, 24)
			t.Logf("%v", time.Since(begun))
		})
	}
}
