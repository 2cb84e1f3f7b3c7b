package command

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"switchboard/host"
	"switchboard/ui"
)

const aboutReplay = `Replay plays a whole session on the screen as it was, with its timing, and
without a server or a model. Long pauses are cut to three seconds.

Keys: space pauses, + and - change the speed, n goes to the next prompt,
q ends.`

func newSessionsReplay(w World, f *flags) *cobra.Command {
	return &cobra.Command{
		Use: "replay ID", Short: "Play a session on the screen", Long: aboutReplay, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return replay(c.Context(), w, *f, args[0]) },
	}
}

func replay(ctx context.Context, w World, f flags, prefix string) error {
	id, err := findSession(w, prefix)
	if err != nil {
		return err
	}
	if err := needsTerminal(w); err != nil {
		return err
	}
	r, err := host.NewReplay(ctx, store(w), id)
	if err != nil {
		return err
	}
	defer r.Close()
	m := ui.New(ui.Options{Engine: r, Theme: f.theme, Replay: true, Open: opener(w)})
	return ui.Run(ctx, m, tea.WithInput(ui.Input(w.In)), tea.WithOutput(w.Out), tea.WithoutSignalHandler())
}
