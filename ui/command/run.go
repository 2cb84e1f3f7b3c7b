package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"switchboard/host"
	"switchboard/ui/plain"
)

const aboutRun = `Run sends one prompt, lets the model call tools, prints the answer on standard
output and everything else on standard error. Without PROMPT, or with -, the
prompt is read from standard input.

It waits for all servers that are still starting. Nobody is there to approve
calls: name what may run with --allow, for this turn. A name that several
servers offer is given to each under a prefix, unless --collisions says
otherwise.

A PROMPT that begins with a slash and the name of a workflow runs that.

Exit status: 0 done, 1 the turn failed, 2 wrong usage or configuration,
3 a question needed a person, 4 a server that the workflow needs is not ready,
130 interrupted.`

func newRun(w World, f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "run [flags] [PROMPT | -]",
		Short: "One turn without a screen",
		Long:  aboutRun,
		Example: `  switchboard run --allow 'calculator/*' "what is 12.5% of 8460?"
  git log --oneline -20 | switchboard run --json -`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runTurn(c.Context(), w, *f, args) },
	}
	f.bindRun(c.Flags())
	f.bindResume(c.Flags(), false)
	return c
}

// runTurn is the command run.
func runTurn(ctx context.Context, w World, f flags, args []string) error {
	prompt, err := promptOf(w.In, args)
	if err != nil {
		return err
	}
	s, err := arrange(w, f)
	if err != nil {
		return err
	}
	if err := resume(w, f, &s.host); err != nil {
		return err
	}
	s.host.Unattended = true
	s.host.Notices = append(s.host.Notices, strangerNotices(s.host.Servers, host.Warn, noConsent)...)
	if err := unattendedModel(&s.host); err != nil {
		return err
	}
	if s.host.Collisions.Default == "" {
		s.host.Collisions.Default = "namespace"
	}
	if f.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
		defer cancel()
	}
	// The host outlives the interrupt: the turn is stopped first, then the servers.
	h := host.Start(context.WithoutCancel(ctx), s.host)
	defer s.guard.Close()
	defer h.Close()
	status := plain.Run(ctx, h, submission(prompt, s.host.Workflows), plain.Options{Out: w.Out, Err: w.Err, JSON: f.json})
	if status != plain.Done {
		return statusError(status)
	}
	return nil
}

// submission is what a prompt asks for: a workflow when it names one behind a
// slash.
func submission(prompt string, workflows []host.Workflow) host.Op {
	name, words, _ := strings.Cut(strings.TrimPrefix(prompt, "/"), " ")
	for _, w := range workflows {
		if strings.HasPrefix(prompt, "/") && w.Name == name {
			return host.RunWorkflow{Name: name, Words: words}
		}
	}
	return host.Submit{Text: prompt}
}

// promptOf takes the prompt from the command line or from standard input.
func promptOf(in io.Reader, args []string) (string, error) {
	if len(args) == 1 && args[0] != "-" {
		return notBlank(args[0])
	}
	all, err := io.ReadAll(in)
	if err != nil {
		return "", fmt.Errorf("reading the prompt from standard input: %w", err)
	}
	return notBlank(strings.TrimRight(string(all), "\n"))
}

func notBlank(prompt string) (string, error) {
	if strings.TrimSpace(prompt) == "" {
		return "", errors.New("the prompt is empty: give it as an argument or on standard input")
	}
	return prompt, nil
}
