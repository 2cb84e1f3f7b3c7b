package record_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"switchboard/host/server/record"
)

func TestWirePairs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := record.NewWire(record.NewMasker("hunter22"))
		w.Sent([]byte(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{"id":9,"pw":"hunter22"}}}`))
		time.Sleep(30 * time.Millisecond)
		w.Received([]byte(`{"jsonrpc":"2.0","id":1,"method":"ping"}`), 40) // theirs has the same number
		w.Sent([]byte(`{"jsonrpc":"2.0","id":1,"result":{}}`))
		time.Sleep(12 * time.Millisecond)
		w.Received([]byte(`{"result":{"method":"no","id":7},"id":1,"jsonrpc":"2.0"}`), 50)
		w.Received([]byte(`{"jsonrpc":"2.0","method":"notifications/x"}`), 44)
		w.Received([]byte(`{"jsonrpc":"2.0","id":"a\"b","error":{"code":1}}`), 44)
		got, dropped := w.All()
		want := []record.Message{
			{Sent: true, Kind: record.Request, Method: "tools/call", ID: "1"},
			{Kind: record.Request, Method: "ping", ID: "1"},
			{Sent: true, Kind: record.Response, Method: "ping", ID: "1"},
			{Kind: record.Response, Method: "tools/call", ID: "1", Took: 42 * time.Millisecond},
			{Kind: record.Notification, Method: "notifications/x"},
			{Kind: record.Response, ID: `a"b`, Failed: true},
		}
		if len(got) != len(want) || dropped != 0 {
			t.Fatalf("%d messages, %d dropped", len(got), dropped)
		}
		for i, m := range got {
			w := want[i]
			if m.Seq != i+1 || m.Sent != w.Sent || m.Kind != w.Kind || m.Method != w.Method || m.ID != w.ID || m.Took != w.Took || m.Failed != w.Failed {
				t.Errorf("message %d is %+v, want %+v", i, m, w)
			}
		}
		if body := string(got[0].Body); !strings.Contains(body, `"pw":"•••"`) {
			t.Errorf("the secret is in %s", body)
		}
	})
}

// What is kept is bounded, whatever comes.
func TestWireBounds(t *testing.T) {
	t.Parallel()
	w := record.NewWire(nil)
	big := []byte(`{"jsonrpc":"2.0","id":1,"result":"` + strings.Repeat("é", 100_000) + `"}`)
	for range 200 {
		w.Received(big, len(big))
	}
	got, dropped := w.All()
	size := 0
	for _, m := range got {
		size += len(m.Body)
		if len(m.Body) > record.MaxBody || !utf8.Valid(m.Body) || m.Size != len(big) {
			t.Fatalf("%d bytes kept of %d", len(m.Body), m.Size)
		}
	}
	if size > 4<<20 || len(got)+dropped != 200 {
		t.Errorf("%d messages of %d bytes, %d dropped", len(got), size, dropped)
	}
	for i := range 10_000 {
		w.Sent(fmt.Appendf(nil, `{"id":%d,"method":"m"}`, i))
	}
	if got, dropped := w.All(); len(got) != record.MaxMessages || got[len(got)-1].Seq != 10_200 || dropped != 8200 {
		t.Errorf("%d messages, %d dropped", len(got), dropped)
	}
	// Of ten thousand open requests the newest still get their answer.
	w.Received([]byte(`{"id":9999,"result":{}}`), 23)
	w.Received([]byte(`{"id":1,"result":{}}`), 20)
	got, _ = w.All()
	if last := got[len(got)-2:]; last[0].Method != "m" || last[1].Method != "" {
		t.Errorf("paired %+v", last)
	}
}

func TestWireForeignNames(t *testing.T) {
	t.Parallel()
	w := record.NewWire(record.NewMasker("hunter22"))
	long := strings.Repeat("x", 1<<20)
	w.Received([]byte(`{"method":"hunter22`+long+`","id":"`+long+`"}`), 2<<20)
	got, _ := w.All()
	if m := got[0]; len(m.Method) > 300 || len(m.ID) > 300 || strings.Contains(m.Method, "hunter") {
		t.Errorf("method of %d, id of %d bytes", len(m.Method), len(m.ID))
	}
}

func TestWireWriteTo(t *testing.T) {
	t.Parallel()
	w := record.NewWire(nil)
	w.Sent([]byte(`{"id":1,"method":"a"}`))
	w.Received([]byte(`{"id":1,"result":`+strings.Repeat("1", record.MaxBody)+`}`), 70_000)
	var b bytes.Buffer
	n, err := w.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("%d of %d bytes, %v", n, b.Len(), err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	var first, second struct {
		Seq     int             `json:"seq"`
		Method  string          `json:"method"`
		Message json.RawMessage `json:"message"`
		Text    string          `json:"text"`
	}
	if len(lines) != 2 || json.Unmarshal([]byte(lines[0]), &first) != nil || json.Unmarshal([]byte(lines[1]), &second) != nil {
		t.Fatalf("%d lines: %.300s", len(lines), b.String())
	}
	if string(first.Message) != `{"id":1,"method":"a"}` || first.Text != "" {
		t.Errorf("first line %+v", first)
	}
	if second.Seq != 2 || second.Method != "a" || second.Message != nil || len(second.Text) != record.MaxBody {
		t.Errorf("second line: %d, %q, %d bytes of text", second.Seq, second.Method, len(second.Text))
	}
	if _, err := w.WriteTo(broken{}); !errors.Is(err, errBroken) {
		t.Errorf("a failing writer gives %v", err)
	}
}

var errBroken = errors.New("no space left")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// The head of a message is read as encoding/json would read it.
func FuzzEnvelope(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"result":{"id":2}}`, `{"method":"m","params":[1,"]}",{}],"id":"x"}`, `{"error":null,"id":3,"result":[]}`,
		` { "id" : null , "method" : "n" } `, `{"id":1,"error":{"code":1}}`, `{`, `{"a"`, `{"id":`, `[]`, `{"id":1.5,"x":tru`, `{"a\"b":1,"method":"\u006d"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		w := record.NewWire(nil)
		w.Received(body, len(body))
		got, _ := w.All()
		dec := json.NewDecoder(bytes.NewReader(body))
		keys := map[string]int{}
		if !json.Valid(body) || !object(dec, keys) || keys["method"] > 1 || keys["id"] > 1 || keys["result"]+keys["error"] > 0 && keys["method"] > 0 {
			return // whatever it is taken for, it was taken
		}
		var want struct {
			Method any             `json:"method"`
			ID     json.RawMessage `json:"id"`
		}
		if json.Unmarshal(body, &want) != nil || bytes.ContainsRune(body, '\\') || len(body) > 200 {
			return
		}
		method, _ := want.Method.(string)
		if m := got[0]; keys["method"] == 1 && utf8.ValidString(method) && m.Method != method {
			t.Errorf("%q: method %q, want %q", body, m.Method, method)
		}
		if m := got[0]; keys["id"] == 1 && len(want.ID) > 0 && want.ID[0] != '"' && string(want.ID) != "null" && m.ID != string(want.ID) && utf8.Valid(want.ID) {
			t.Errorf("%q: id %q, want %q", body, m.ID, want.ID)
		}
	})
}

// object counts the members of an object, with their names in lower case, as
// encoding/json matches them.
func object(dec *json.Decoder, keys map[string]int) bool {
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return false
	}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		var skipped json.RawMessage
		if err != nil || !ok || dec.Decode(&skipped) != nil {
			return false
		}
		if lower := strings.ToLower(name); lower != name {
			return false
		}
		keys[name]++
	}
	return true
}
