package transcript_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
)

func TestConversationGolden(t *testing.T) {
	t.Parallel()
	for _, width := range []int{20, 40, 48, 80} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			tr := newTranscript(t, "dark", width, 70)
			play(tr, talk()...)
			checkWindow(t, tr, width, 70)
			golden.RequireEqual(t, []byte(see(tr)))
		})
	}
}

func TestStyledGolden(t *testing.T) {
	t.Parallel()
	for _, name := range theme.Names()[1:] {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := newTranscript(t, name, 64, 50)
			play(tr, talk()...)
			tr.Select(-1)
			golden.RequireEqual(t, []byte(strings.Join(tr.View(), "\n")))
		})
	}
}

func TestUnfoldedGolden(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 80} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			tr := newTranscript(t, "dark", width, 90)
			play(tr, talk()...)
			tr.ToggleAll()
			checkWindow(t, tr, width, 90)
			golden.RequireEqual(t, []byte(see(tr)))
		})
	}
}

func TestWelcomeGolden(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{88, 30}, {80, 20}, {50, 14}, {24, 10}, {20, 3}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			tr := newTranscript(t, "dark", size[0], size[1])
			tr.Apply(host.Notice{Text: clean.Foreign("search is offered by two servers")}, start)
			checkWindow(t, tr, size[0], size[1])
			golden.RequireEqual(t, []byte(see(tr)))
		})
	}
}

// The examples are for the built-in servers: where there are others, they would
// lead nowhere.
func TestWelcomeShowsExamplesThatWork(t *testing.T) {
	t.Parallel()
	own, builtin := host.ServerStatus{Name: "github"}, host.ServerStatus{Name: "clock", Builtin: true}
	tests := []struct {
		name    string
		servers []host.ServerStatus
		want    bool
	}{
		{"none yet", nil, true},
		{"built-in", []host.ServerStatus{builtin}, true},
		{"own", []host.ServerStatus{own}, false},
		{"both", []host.ServerStatus{own, builtin, own}, true},
	}
	for _, tt := range tests {
		for height := range 24 {
			tr := newTranscript(t, "dark", 70, height)
			for _, s := range tt.servers {
				tr.Apply(host.ServerChanged{Server: s}, start)
			}
			checkWindow(t, tr, 70, height)
			got := see(tr)
			if strings.Contains(got, "Tokyo") != (tt.want && height >= 3) {
				t.Errorf("%s, %d rows: examples wanted %v:\n%s", tt.name, height, tt.want, got)
			}
			if height >= 10 && (!strings.Contains(got, "Switchboard") || !strings.Contains(got, "ctrl+c quit")) {
				t.Errorf("%s, %d rows: no welcome:\n%s", tt.name, height, got)
			}
		}
	}
}

func TestEndingsGolden(t *testing.T) {
	t.Parallel()
	failure := host.Failure{Kind: "network", Message: clean.Foreign("The model did not answer: connection refused."), Hint: "Is the server at localhost:11434 running?"}
	tr := newTranscript(t, "dark", 60, 60)
	for _, finish := range []host.Finish{
		host.FinishDone, host.FinishFailed, host.FinishStopped, host.FinishStepLimit, host.FinishLength, host.FinishFiltered,
	} {
		e := host.TurnEnded{Finish: finish, Steps: 3, Took: 3 * time.Second}
		if finish == host.FinishFailed {
			e.Failure = failure
		}
		play(tr, prompt(string(finish)), text("Half an answ"), e)
	}
	golden.RequireEqual(t, []byte(see(tr)))
}

func TestPlainGolden(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "dark", 40, 10)
	play(tr, talk()...)
	golden.RequireEqual(t, []byte(tr.Plain()))
}
