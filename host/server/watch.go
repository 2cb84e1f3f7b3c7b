package server

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/server/process"
	"switchboard/host/task"
)

// A slowError ends a call that took too long.
type slowError struct{ what string }

func (e *slowError) Error() string { return e.what }

// A watch stands beside a call: it passes on progress, which winds up the idle
// timeout, and ends the call when it is too slow or its session is over.
type watch struct {
	session       *session
	progress      func(Progress)
	idle, hardCap time.Duration
	holds         *hold // stops both clocks
}

func (w watch) call(ctx context.Context, tasks *task.Group, tool string, args json.RawMessage) (Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	token := fmt.Sprintf("call-%d", w.session.id.Add(1))
	reports := make(chan Progress, 1)
	w.session.progress.Store(token, reports)
	defer w.session.progress.Delete(token)

	done, watched := make(chan struct{}), make(chan struct{})
	tasks.Go("watching a call to "+w.session.server, func() {
		defer close(watched)
		defer cancel(errInternal) // counts only if the next line panics
		cancel(w.stand(reports, done))
	})
	defer func() {
		close(done)
		<-watched
	}()

	raw, err := w.session.request(ctx, string(mcp.MethodToolsCall), params{
		"name": tool, "arguments": args, "_meta": params{"progressToken": token},
	})
	if err != nil {
		return Result{}, err
	}
	return decodeResult(raw)
}

// stand watches until the call is done and tells why it should end.
func (w watch) stand(reports <-chan Progress, done <-chan struct{}) error {
	idle, hardCap := newCountdown(w.idle), newCountdown(w.hardCap)
	defer idle.Stop()
	defer hardCap.Stop()
	running := true
	for {
		held, changed := w.holds.state()
		switch {
		case held && running:
			idle.hold()
			hardCap.hold()
		case !held && !running:
			idle.resume()
			hardCap.resume()
		}
		running = !held
		select {
		case <-done:
			return nil
		case <-w.session.over:
			return w.session.lost()
		case <-changed:
		case p := <-reports:
			if idle.left = w.idle; running {
				idle.wind(w.idle)
			}
			w.progress(p)
		case <-idle.C:
			return &slowError{fmt.Sprintf("no answer and no progress for %s; the server was told to stop", process.Seconds(w.idle))}
		case <-hardCap.C:
			return &slowError{fmt.Sprintf("no answer after %s; the server was told to stop", process.Seconds(w.hardCap))}
		}
	}
}
