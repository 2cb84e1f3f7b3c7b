package host_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// seeing is a model with a window and eyes.
type seeing struct {
	*llmtest.Scripted
	window int
}

func (m seeing) Info() llm.Info {
	i := m.Scripted.Info()
	i.Window, i.Vision = m.window, true
	return i
}

func TestALongResultIsReadOnByHandle(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("x", 30_000) + " the needle " + strings.Repeat("y", 30_000)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "long.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	m := llmtest.New(
		llmtest.Call("read", `{"path":"long.txt"}`),
		llmtest.Call("read_result", `{"handle":"r1","search":"NEEDLE"}`),
		llmtest.Call("read_result", `{"handle":"r1","offset":29990}`),
		llmtest.Call("read_result", `{"handle":"r7"}`),
		llmtest.Say("found"),
	)
	files := builtins(t, "files")
	files[0].Dir = dir
	s := begin(t, m, files, allow("*/*"))
	s.ready("files")
	s.say("read it")
	if f := s.finished(); len(f.Text.Raw()) < 60_000 {
		t.Errorf("the person was told of %d bytes", len(f.Text.Raw()))
	}
	for range 3 {
		if f := s.finished(); f.Server != "switchboard" || f.Tool != "read_result" {
			t.Errorf("read_result is shown as %s/%s", f.Server, f.Tool)
		}
	}
	if end := s.over(); end.Finish != host.FinishDone {
		t.Fatalf("ended with %+v", end)
	}
	r := results(m.Last())
	if len(r) != 4 {
		t.Fatalf("%d results", len(r))
	}
	if len(r[0].Text) > 25<<10 || !strings.Contains(r[0].Text, "the handle r1 reads on") || r[0].From != "files" {
		t.Errorf("the model was given %d bytes from %q", len(r[0].Text), r[0].From)
	}
	if !strings.Contains(r[1].Text, "the needle") || r[1].From != "files" || len(r[1].Text) > 1000 {
		t.Errorf("the search gave %q", r[1].Text)
	}
	if !strings.Contains(r[2].Text, "the needle") || !strings.Contains(r[2].Text, "the next part is at offset") {
		t.Errorf("the page gave %.200q", r[2].Text)
	}
	if !r[3].IsError || r[3].From != "" {
		t.Errorf("a handle that is not there gave %+v", r[3])
	}
	answered(t, m.Last())
}

func TestTheToolThatReadsOnIsOfferedOnceThereIsSomething(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("read_result", `{"handle":"r1"}`), llmtest.Say("no"))
	s := begin(t, m, builtins(t, "calculator"), allow("*/*"))
	s.ready("calculator")
	s.say("go")
	if f := s.finished(); f.Outcome != host.CallError {
		t.Errorf("got %+v", f)
	}
	s.over()
	for _, name := range names(m.Last()) {
		if name == "read_result" {
			t.Error("read_result is offered without a result to read")
		}
	}
}

// picture has the fixture answer with an image of one pixel.
const picture = `{"result":{"content":[{"type":"text","text":"here"},{"type":"image","mimeType":"image/png","data":` +
	`"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}]}}`

func TestAModelThatSeesGetsTheImage(t *testing.T) {
	t.Parallel()
	for _, window := range []int{0, 8_000} {
		m := seeing{llmtest.New(llmtest.Call("result", picture), llmtest.Say("a picture")), window}
		dir := t.TempDir()
		s := begin(t, m, []config.Server{servertest.Config("gallery", "-tools=result")}, allow("*/*"), stateIn(dir))
		s.ready("gallery")
		s.say("show me")
		f := s.finished()
		s.over()
		r := results(m.Last())
		if len(r) != 1 || len(r[0].Images) != 1 || !bytes.HasPrefix(r[0].Images[0].Data, []byte("\x89PNG")) {
			t.Fatalf("the model was given %+v", r)
		}
		if strings.Contains(r[0].Text, "iVBOR") {
			t.Error("base64 went as text")
		}
		s.host.Do(host.SaveResult{Call: f.ID, Open: true})
		e := next(s, anyOf[host.ResultSaved])
		if len(e.Paths) != 2 || !e.Open || filepath.Ext(e.Paths[1]) != ".png" {
			t.Fatalf("saved as %+v", e)
		}
		if data, err := os.ReadFile(e.Paths[1]); err != nil || !bytes.Equal(data, r[0].Images[0].Data) {
			t.Errorf("the file holds %d bytes, %v", len(data), err)
		}
	}
}

func TestAResultThatIsNotKept(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), builtins(t, "calculator"), stateIn(t.TempDir()))
	s.ready("calculator")
	s.host.Do(host.SaveResult{Call: "9.9"})
	next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), "not kept any more") })
}
