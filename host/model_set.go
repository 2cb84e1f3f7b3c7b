package host

import (
	"context"
	"fmt"
	"time"

	"switchboard/host/clean"
	"switchboard/host/task"
	"switchboard/llm"
)

const (
	// listModelsTime bounds the listing of all sources; each has less.
	listModelsTime = 30 * time.Second
	// connectTime bounds the search for a model by its name.
	connectTime = 10 * time.Second
)

// What the loop hears of models.
type (
	modelReady struct { // a wish has come true, or not
		wish   int
		choice ModelChoice
		err    error
	}
	keyAnswered struct{ yes bool } // to the question about the first model's key
	modelNearby struct{ found string }
)

// A picker carries out the person's wishes about models. It belongs to the loop.
type picker struct {
	h     *Host
	tasks task.Group
	keys  *keyring

	wish    int                // the number of the newest one
	cancel  context.CancelFunc // ends the work on it
	listing context.CancelFunc
	next    *ModelChoice // for when the turn is over
	begun   bool
}

func newPicker(h *Host) *picker {
	p := &picker{h: h, keys: h.keys, cancel: func() {}, listing: func() {}}
	p.tasks.OnPanic = h.fault
	return p
}

// begin asks about the key of the first model, or looks for one that could answer in
// place of the offline matcher.
func (p *picker) begin(ctx context.Context) {
	first := p.h.model()
	switch {
	case p.begun || p.h.opt.Unattended:
		return
	case !p.keys.may(first.Key):
		ctx, p.cancel = context.WithCancel(ctx)
		p.tasks.Go("asking about a key", func() {
			if yes, err := p.keys.ask(ctx, first.Key); err == nil {
				p.h.mail.put(keyAnswered{yes})
			}
		})
	case first.Model.Info().Offline && p.h.opt.Models != nil:
		p.tasks.Go("looking for models on this machine", func() {
			if found := p.h.opt.Models.Nearby(ctx); found != "" {
				p.h.mail.put(modelNearby{found})
			}
		})
	}
	p.begun = true
}

// set works on a wish, in place of an earlier one.
func (p *picker) set(ctx context.Context, ref ModelRef) {
	if p.h.opt.Models == nil {
		p.h.out.Put(Notice{Level: Warn, Text: clean.Foreign("this session has one model alone")})
		return
	}
	p.cancel()
	ctx, p.cancel = context.WithCancel(ctx)
	p.wish++
	wish := p.wish
	p.tasks.Go("connecting to a model", func() {
		choice, err := p.connect(ctx, ref)
		if ctx.Err() == nil {
			p.h.mail.put(modelReady{wish, choice, err})
		}
	})
}

// connect makes the model ready and asks about its key.
func (p *picker) connect(ctx context.Context, ref ModelRef) (ModelChoice, error) {
	search, done := context.WithTimeout(ctx, connectTime)
	defer done()
	choice, err := p.h.opt.Models.Connect(search, ref, p.keys.may)
	if err != nil {
		return ModelChoice{}, err
	}
	yes, err := p.keys.ask(ctx, choice.Key)
	if err == nil && !yes {
		err = fmt.Errorf("%s is not used, as you said", choice.Key.Variable)
	}
	return choice, err
}

// list tells of the models there are, or stops doing so.
func (p *picker) list(ctx context.Context, on bool) {
	p.listing()
	p.listing = func() {}
	if !on || p.h.opt.Models == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, listModelsTime)
	p.listing = cancel
	p.tasks.Go("listing models", func() {
		defer cancel()
		var last []ModelSource
		p.h.opt.Models.List(ctx, p.keys.may, func(now []ModelSource) {
			last = now
			p.h.out.Put(ModelsListed{Sources: now})
		})
		p.h.out.Put(ModelsListed{Sources: last, Done: true})
	})
}

// handleModel takes what concerns models.
func (l *loop) handleModel(ctx context.Context, turns *task.Group, m any) {
	switch m := m.(type) {
	case SetModel:
		l.picker.set(ctx, m.Ref)
	case ListModels:
		l.picker.list(ctx, m.On)
	case modelReady:
		l.modelReady(ctx, turns, m)
	case keyAnswered:
		l.keyAnswered(ctx, turns, m.yes)
	case modelNearby:
		l.modelNearby(m.found)
	}
}

// held tells that no turn may begin: the model's key waits for the person's word.
func (p *picker) held() bool { return !p.h.opt.Unattended && !p.keys.may(p.h.model().Key) }

// tellHeld says what a prompt waits for that no turn stands before.
func (l *loop) tellHeld() {
	if l.active == nil {
		said := "your prompt waits for your word on " + l.h.model().Key.Variable
		l.h.out.Put(Notice{Level: Info, Text: clean.Foreign(said)})
	}
}

// modelReady takes the model that was wished for, unless another wish came since.
func (l *loop) modelReady(ctx context.Context, turns *task.Group, m modelReady) {
	switch {
	case m.wish != l.picker.wish:
		return
	case m.err != nil:
		said := "the model stays " + nameOf(l.h.model().Model.Info()) + ": " + m.err.Error()
		l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign(said)})
		return
	}
	if l.picker.held() && m.choice.Model.Info().Offline {
		m.choice.Why = "you said no to " + l.h.model().Key.Variable
	}
	l.picker.next = &m.choice
	if l.active != nil {
		l.h.out.Put(Notice{Level: Info, Text: clean.Foreign(nameOf(m.choice.Model.Info()) + " answers as soon as this turn is over")})
		return
	}
	l.switchModel()
	l.resume(ctx, turns)
}

// switchModel seats the model that waits for its turn, if one does. No turn runs.
func (l *loop) switchModel() {
	next := l.picker.next
	if next == nil {
		return
	}
	l.picker.next = nil
	l.seat(next)
	l.h.out.Put(next.chosen())
	l.h.out.Put(Notice{Level: Info, Text: clean.Foreign(nameOf(next.Model.Info()) + " answers from now on: " + next.Why)})
}

// resume goes on with the prompts that wait.
func (l *loop) resume(ctx context.Context, turns *task.Group) {
	if l.active != nil || l.picker.held() {
		return
	}
	if next, ok := l.h.queue.first(); ok {
		l.submit(ctx, turns, next)
	}
}

// keyAnswered goes on with the first model, or has the offline matcher answer in its
// place.
func (l *loop) keyAnswered(ctx context.Context, turns *task.Group, yes bool) {
	if yes {
		l.resume(ctx, turns)
		return
	}
	l.picker.set(ctx, ModelRef{Name: OfflineModel})
}

// modelNearby tells what was found while the offline matcher answers.
func (l *loop) modelNearby(found string) {
	now := *l.h.model()
	if !now.Model.Info().Offline {
		return
	}
	now.Why = found
	l.seat(&now)
	l.h.out.Put(now.chosen())
}

// OfflineModel is the name of the built-in word matcher, which needs no key and no
// network.
const OfflineModel = "offline"

func nameOf(info llm.Info) string {
	if info.Offline {
		return "the offline " + info.Name
	}
	return clean.Line(info.Name)
}
