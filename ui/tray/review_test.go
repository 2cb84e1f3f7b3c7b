package tray_test

import (
	"reflect"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
)

func review(text string) host.ResultReview {
	return host.ResultReview{
		Call: "c1", Tool: catalog.Tool{ID: catalog.ID{Server: "web", Tool: "fetch"}},
		Text: clean.Foreign(text), Bytes: len(text), CanKeep: true,
	}
}

func TestReviewAnswers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0123456789", 500)
	tests := []struct {
		name, text, keys string
		want             host.Answer
	}{
		{"all", "text", "o", host.Release{Kind: host.ReleaseAll}},
		{"enter alone", "text", "enter", nil},
		{"first part", long, "f f", host.Release{Kind: host.ReleaseFirst, First: 1000}},
		{"a larger first part", long, "f right f", host.Release{Kind: host.ReleaseFirst, First: 4000}},
		{"no part that is the whole", long, "f right right right f", host.Release{Kind: host.ReleaseFirst, First: 4000}},
		{"no part of a short one", "text", "f f", nil},
		{"path", "text", "p", host.Release{Kind: host.ReleasePath}},
		{"withhold", "text", "d", host.Withhold{}},
		{"withhold with a reason", "text", "r n o enter", host.Withhold{Reason: "no"}},
		{"redacted", "key=abc, abc", "e a b c enter o", host.Release{Kind: host.ReleaseEdited, Text: "key=[redacted], [redacted]"}},
		{"redacted and back", "key=abc", "e a b c enter u o", host.Release{Kind: host.ReleaseAll}},
		{"what is not there", "key=abc", "e z enter", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPerson(t, review(tt.text))
			if answer, _ := p.keys(tt.keys); !reflect.DeepEqual(answer, tt.want) {
				t.Errorf("got %#v, want %#v:\n%s", answer, tt.want, p.look())
			}
		})
	}
}

func TestReviewShowsWhatHides(t *testing.T) {
	t.Parallel()
	p := newPerson(t, review("one\u200b\n"+strings.Repeat("row\n", 400)+"the end"))
	p.expect("result of web ▸ fetch", "402 lines", "1 hidden character", "one‹U+200B›", "the model has not read it")
	p.press("end")
	p.expect("the end")
}

func TestReviewWithoutAFolder(t *testing.T) {
	t.Parallel()
	q := review("text")
	q.CanKeep = false
	p := newPerson(t, q)
	if answer, _ := p.keys("p"); answer != nil {
		t.Errorf("answered %+v", answer)
	}
}

func TestReviewInAnEditor(t *testing.T) {
	t.Parallel()
	p := newPerson(t, review("name: Ada\n"))
	p.press("e")
	if out := p.press("ctrl+g"); out.Draft.Text != "name: Ada\n" || out.Draft.JSON {
		t.Fatalf("draft %+v", out.Draft)
	}
	p.tray.Drafted(1, "name: somebody\n", nil, p.now)
	p.expect("name: somebody", "changed by you")
	want := host.Release{Kind: host.ReleaseEdited, Text: "name: somebody\n"}
	if answer, _ := p.keys("o"); answer != host.Answer(want) {
		t.Errorf("got %+v", answer)
	}
}
