package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func record(kind, data string) Record {
	return Record{Time: time.Unix(1_800_000_000, 0).UTC(), Type: kind, Data: []byte(data)}
}

// read gives the records of a journal in memory and its condition.
func read(t testing.TB, text []byte) ([]Record, Condition) {
	t.Helper()
	var all []Record
	c, err := Read(bytes.NewReader(text), func(r Record) bool { all = append(all, r); return true })
	if err != nil {
		t.Fatal(err)
	}
	return all, c
}

func begin(t testing.TB) (*Writer, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deep", "session.jsonl")
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w, path
}

func write(t testing.TB, w *Writer, records ...Record) {
	t.Helper()
	if err := w.Write(records...); err != nil {
		t.Fatal(err)
	}
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestWriteAndReadAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var text []byte
		kinds := rapid.SliceOf(rapid.String()).Draw(rt, "kinds")
		for i, kind := range kinds {
			r := record(kind, fmt.Sprintf(`{"n":%d,"sum":"x\"}"}`, i))
			r.Seq = int64(i + 1)
			var err error
			if text, err = appendLine(text, r); err != nil {
				rt.Fatal(err)
			}
		}
		got, c := read(t, text)
		if len(got) != len(kinds) || !c.Sound() || c.Torn != 0 {
			rt.Fatalf("%d of %d records, %+v", len(got), len(kinds), c)
		}
		for i, r := range got {
			if want := fmt.Sprintf(`{"n":%d,"sum":"x\"}"}`, i); string(r.Data) != want || r.Seq != int64(i+1) {
				rt.Fatalf("record %d is %+v", i, r)
			}
		}
	})
}

// Wherever a crash breaks the file off, the whole lines before it are there.
func TestTornTail(t *testing.T) {
	t.Parallel()
	w, path := begin(t)
	for i := range 5 {
		write(t, w, record("message", fmt.Sprintf(`{"text":"number %d"}`, i)))
	}
	text := contents(t, path)
	for cut := range text {
		got, c := read(t, text[:cut])
		whole := bytes.Count(text[:cut], []byte("\n"))
		if len(got) != whole || !c.Sound() || c.Whole+c.Torn != int64(cut) {
			t.Fatalf("cut at %d: %d records of %d, %+v", cut, len(got), whole, c)
		}
	}
}

// A flipped bit costs the line it is in, and is named.
func TestDamage(t *testing.T) {
	t.Parallel()
	w, path := begin(t)
	for range 3 {
		write(t, w, record("message", `{"text":"hello"}`))
	}
	text := contents(t, path)
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i := range lines[1][:len(lines[1])-1] {
		bad := bytes.Clone(text)
		bad[len(lines[0])+i] ^= 4
		got, c := read(t, bad)
		if len(got) != 2 || len(c.Damaged) != 1 || c.Damaged[0].Line != 2 || c.Damaged[0].Offset != int64(len(lines[0])) {
			t.Fatalf("bit in byte %d: %d records, %+v", i, len(got), c)
		}
		if c.Sound() || !strings.HasPrefix(c.Damaged[0].String(), "line 2 (") {
			t.Fatalf("told as %q", c.Damaged[0])
		}
	}
}

func TestMissingRecordsAreCounted(t *testing.T) {
	t.Parallel()
	w, path := begin(t)
	for range 4 {
		write(t, w, record("message", `{}`))
	}
	lines := bytes.SplitAfter(contents(t, path), []byte("\n"))
	if _, c := read(t, bytes.Join([][]byte{lines[0], lines[3]}, nil)); c.Missing != 2 || c.Last != 4 {
		t.Errorf("got %+v", c)
	}
}

func TestGoOnBehindATornTail(t *testing.T) {
	t.Parallel()
	w, path := begin(t)
	write(t, w, record("message", `{"n":1}`), record("message", `{"n":2}`))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	text := contents(t, path)
	if err := os.WriteFile(path, text[:len(text)-5], 0o600); err != nil {
		t.Fatal(err)
	}
	_, c := read(t, contents(t, path))
	again, err := Append(path, c)
	if err != nil {
		t.Fatal(err)
	}
	write(t, again, record("message", `{"n":3}`))
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	got, c := read(t, contents(t, path))
	if len(got) != 2 || got[1].Seq != 2 || string(got[1].Data) != `{"n":3}` || !c.Sound() || c.Torn != 0 {
		t.Errorf("got %+v, %+v", got, c)
	}
}

func TestCreateKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	_, path := begin(t)
	if _, err := Create(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestARecordThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	w, path := begin(t)
	if err := w.Write(record("bad", `{`)); err == nil {
		t.Error("half a JSON object was written")
	}
	write(t, w, record("good", `{}`))
	if got, c := read(t, contents(t, path)); len(got) != 1 || got[0].Seq != 1 || !c.Sound() {
		t.Errorf("got %+v, %+v", got, c)
	}
}

func TestRecorderSyncsWhatWasPut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &powerless{}
		r := NewRecorder(nil)
		ctx, stop := context.WithCancel(t.Context())
		go r.Run(ctx, &Writer{file: d})
		for i := range 100 {
			r.Put(Entry{Kind: "message", Data: map[string]int{"n": i}})
		}
		if err := r.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, _ := read(t, d.synced); len(got) != 100 {
			t.Errorf("%d records are on the disk", len(got))
		}
		r.Put(Entry{Kind: "message", Data: map[string]string{"n": "last"}})
		stop()
		synctest.Wait()
		if got, _ := read(t, d.synced); len(got) != 101 {
			t.Errorf("%d records are on the disk after the end", len(got))
		}
	})
}

func TestRecorderTellsOfAFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("no space left on device")
		d := &powerless{fail: full}
		r := NewRecorder(nil)
		ctx, stop := context.WithCancel(t.Context())
		go r.Run(ctx, &Writer{path: "x.jsonl", file: d})
		r.Put(Entry{Kind: "message", Data: struct{}{}})
		if err := r.Sync(t.Context()); !errors.Is(err, full) || !strings.Contains(err.Error(), "x.jsonl") {
			t.Errorf("got %v", err)
		}
		stop()
		synctest.Wait()
	})
}

func FuzzRead(f *testing.F) {
	line, err := appendLine(nil, Record{Seq: 1, Type: "message", Data: []byte(`{"a":1}`)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line)
	f.Add(append(bytes.Clone(line), line[:20]...))
	f.Add([]byte("\n\n{}\n,\"sum\":\"00000000\"}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, c := read(t, text)
		if c.Whole+c.Torn != int64(len(text)) {
			t.Errorf("%d bytes read as %+v", len(text), c)
		}
	})
}
