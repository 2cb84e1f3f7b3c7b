package command

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/host/disk"
	"switchboard/host/journal"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

const aboutSessions = `Sessions are recorded, each in a file of its own, as they happen; secrets are
masked. The beginning of an id is enough where only one session begins so.

Go on with one by switchboard --continue (the last of this folder) or
switchboard --resume ID.`

func newSessions(w World, f *flags) *cobra.Command {
	c := &cobra.Command{
		Use: "sessions", Short: "List, show, export, replay and remove recorded sessions",
		Long: aboutSessions, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newSessionsList(w), newSessionsShow(w), newSessionsExport(w), newSessionsReplay(w, f), newSessionsRemove(w))
	return c
}

func newSessionsList(w World) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use: "list [WORD...]", Short: "All sessions, or those in which all the words were said",
		RunE: func(_ *cobra.Command, args []string) error { return listSessions(w, strings.Join(args, " "), asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one object a line as JSON")
	return c
}

func listSessions(w World, query string, asJSON bool) error {
	s := store(w)
	ids, err := s.IDs()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.Out, 0, 0, 2, ' ', 0)
	for _, id := range ids {
		sum, found, err := s.Look(id, query)
		switch {
		case err != nil:
			fmt.Fprintf(w.Err, "%s: %v\n", clean.Line(id), err)
		case found && asJSON:
			err = json.NewEncoder(w.Out).Encode(listed(sum))
		case found:
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", clean.Line(id), sum.Changed.Local().Format("2006-01-02 15:04"),
				amount.Count(sum.Turns, "turn"), cells.Cut(clean.Line(sum.Title), 60))
		}
		if err != nil && asJSON {
			return err
		}
	}
	return table.Flush()
}

// listed is what a program reads of a session.
func listed(s journal.Summary) map[string]any {
	return map[string]any{
		"id": s.ID, "title": s.Title, "dir": s.Dir, "model": s.Model, "parent": s.Parent, "turns": s.Turns,
		"began": s.Began.UTC().Format(time.RFC3339), "changed": s.Changed.UTC().Format(time.RFC3339), "bytes": s.Bytes,
	}
}

func newSessionsShow(w World) *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "What was said and called in a session", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return showSession(w, args[0]) },
	}
}

func showSession(w World, prefix string) error {
	id, err := findSession(w, prefix)
	if err != nil {
		return err
	}
	text, err := host.Export(store(w), id, host.Plain)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w.Out, text); err != nil {
		return err
	}
	c, err := store(w).Read(id, func(journal.Record) bool { return true })
	for _, d := range c.Damaged {
		fmt.Fprintf(w.Err, "damaged: %s\n", d)
	}
	return err
}

func newSessionsExport(w World) *cobra.Command {
	format, output := "", ""
	c := &cobra.Command{
		Use: "export ID", Short: "Write a session as Markdown, JSON or plain text", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return exportSession(w, args[0], format, output) },
	}
	c.Flags().StringVar(&format, "format", "", "markdown, json or plain (default markdown, or what the ending of --output says)")
	c.Flags().StringVarP(&output, "output", "o", "", "write this `file` instead of standard output")
	return c
}

func exportSession(w World, prefix, format, output string) error {
	f, err := host.ParseFormat(format)
	if err != nil {
		return fmt.Errorf("--format: %w", err)
	}
	if format == "" {
		f = host.FormatOf(output)
	}
	id, err := findSession(w, prefix)
	if err != nil {
		return err
	}
	text, err := host.Export(store(w), id, f)
	if err != nil {
		return err
	}
	if output != "" {
		return disk.WriteFile(output, []byte(text))
	}
	_, err = io.WriteString(w.Out, text)
	return err
}

func newSessionsRemove(w World) *cobra.Command {
	return &cobra.Command{
		Use: "rm ID...", Short: "Remove sessions for good", Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, prefix := range args {
				id, err := findSession(w, prefix)
				if err == nil {
					err = store(w).Remove(id)
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(w.Out, "removed %s\n", clean.Line(id))
			}
			return nil
		},
	}
}
