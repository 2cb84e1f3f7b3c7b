package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui"
)

// chat is the command without a name: the screen.
func chat(ctx context.Context, w World, f flags) error {
	if err := needsTerminal(w); err != nil {
		return err
	}
	a, err := arrange(w, f)
	if err != nil {
		return err
	}
	if _, err := theme.New(a.theme, true); err != nil {
		return err
	}
	if err := resume(w, f, &a.host); err != nil {
		return err
	}
	reloadable(w, f, &a.host)
	a.host.Hold = true // until the screen is there
	a.host.Notices = append(a.host.Notices, strangerNotices(a.host.Servers, host.Info, untilConsent)...)
	h := host.Start(ctx, a.host)
	defer a.guard.Close()
	defer h.Close()
	m := ui.New(ui.Options{Engine: h, Theme: a.theme, Open: opener(w), Pick: f.resume == pickSession})
	// Signals end ctx; a second handler of the library would race with that.
	err = ui.Run(ctx, m, tea.WithInput(ui.Input(w.In)), tea.WithOutput(w.Out), tea.WithoutSignalHandler())
	// The alternate screen is gone, and the conversation with it: leave a copy in
	// the terminal's own history.
	if said := m.Transcript(); said != "" {
		fmt.Fprintln(w.Out, strings.TrimRight(said, "\n"))
	}
	if id := m.Session(); id != "" {
		fmt.Fprintf(w.Out, "\ngo on with: switchboard --resume %s\n", clean.Line(id))
	}
	return err
}

// needsTerminal says what to do where there is no terminal to draw on.
func needsTerminal(w World) error {
	type file interface{ Fd() uintptr }
	in, inOK := w.In.(file)
	out, outOK := w.Out.(file)
	if !inOK || !outOK || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return errors.New("the chat needs a terminal; without one, use: switchboard run PROMPT")
	}
	if kind, _ := w.Env("TERM"); kind == "dumb" {
		return errors.New("the chat cannot be drawn on a dumb terminal (TERM=dumb); use: switchboard run PROMPT")
	}
	return nil
}
