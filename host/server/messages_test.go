package server

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/config"
)

func testBook() *book { return newBook(config.Server{Name: "s"}, Options{}) }

// bodies lists what the book took down.
func (b *book) bodies() (all []string) {
	records, _ := b.wire.All()
	for _, r := range records {
		all = append(all, string(r.Body))
	}
	return all
}

func TestMessages(t *testing.T) {
	t.Parallel()
	deepText := strings.Repeat("[", 200)
	cases := map[string]struct {
		events bool
		text   string
		want   []string
		err    error
	}{
		"body":               {false, ` {"id":1}` + "\n", []string{`{"id":1}`}, nil},
		"empty body":         {false, "", nil, nil},
		"error page":         {false, "<html>no</html>", nil, nil},
		"deep body":          {false, `{"id":1,"x":` + deepText, []string{`{"id":1,"x":` + deepText}, errTooDeep},
		"events":             {true, "event: message\nid: 1\ndata: {\"a\":1}\n\ndata:{\"b\":2}\r\n\r\n", []string{`{"a":1}`, `{"b":2}`}, nil},
		"data on two lines":  {true, "data: {\"a\":\ndata: 1}\n\n", []string{`{"a": 1}`}, nil},
		"never ended":        {true, "data: {\"a\":1}", []string{`{"a":1}`}, nil},
		"comments":           {true, ": [[[ \"\n\n:\n\ndata: {}\n\n", []string{"{}"}, nil},
		"looks like data":    {true, "datax: {}\ndat\nd\n\n", nil, nil},
		"deep event":         {true, "data: {}\n\ndata: " + deepText + "\n\n", []string{"{}", deepText}, errTooDeep},
		"deep in two events": {true, "data: " + deepText[:100] + "\n\ndata: " + deepText[:100] + "\n\n", []string{deepText[:100], deepText[:100]}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := messages{events: c.events, book: testBook()}
			err := m.read([]byte(c.text))
			m.end()
			if !errors.Is(err, c.err) && err != c.err {
				t.Errorf("error %v, want %v", err, c.err)
			}
			if got := m.book.bodies(); !slices.Equal(got, c.want) {
				t.Errorf("took down %.300q, want %.300q", got, c.want)
			}
		})
	}
}

// Every event is found, in whatever pieces the stream comes.
func TestMessagesInPieces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var stream strings.Builder
		var want []string
		for i := range rapid.IntRange(0, 6).Draw(t, "events") {
			message := fmt.Sprintf(`{"n":%d,"text":%q}`, i, rapid.StringMatching(`[a-z:"\\ ]{0,20}`).Draw(t, "text"))
			stream.WriteString(rapid.SampledFrom([]string{"", "event: message\n", ": data:\n", "id: 7\n", "data\n"}).Draw(t, "before"))
			stream.WriteString("data: " + message + "\n\n")
			want = append(want, message)
		}
		m := messages{events: true, book: testBook()}
		for rest := stream.String(); rest != ""; {
			cut := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			if err := m.read([]byte(rest[:cut])); err != nil {
				t.Fatal(err)
			}
			rest = rest[cut:]
		}
		if got := m.book.bodies(); !slices.Equal(got, want) {
			t.Fatalf("of %q came %q", stream.String(), got)
		}
	})
}

// What is too large ends the body; no more than the book wants is held of it.
func TestMessagesTooLarge(t *testing.T) {
	t.Parallel()
	for _, events := range []bool{false, true} {
		m := messages{events: events, book: testBook()}
		err := m.read([]byte(`data: {"a":"`))
		for i := 0; err == nil; i++ {
			if err = m.read(make([]byte, 1<<20)); i > 16 {
				t.Fatalf("events %v: %d MiB were read", events, i)
			}
			if len(m.head) > m.book.headSize() {
				t.Fatalf("events %v: %d bytes are held", events, len(m.head))
			}
		}
		if err != errTooLarge {
			t.Errorf("events %v: %v", events, err)
		}
	}
	m := messages{events: true, book: testBook()}
	line := []byte(": a comment\n")
	var err error
	for i := 0; err == nil; i++ {
		if err = m.read(line); i > maxMessage {
			t.Fatal("an event of comments has no end")
		}
	}
}
