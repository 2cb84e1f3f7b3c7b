package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"switchboard/host/catalog"
	"switchboard/host/check"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/policy"
	"switchboard/host/schema"
	"switchboard/host/server"
	"switchboard/host/task"
	"switchboard/ui/plain"
)

const aboutCall = `Call starts one server, calls one of its tools and prints the result on standard
output. Arguments are a JSON object, or key=value for each, read as the types
that the tool's schema gives them; a list is given by repeating its key. With -
the JSON object is read from standard input. They are checked against the schema
before anything is sent. You name the tool, so nobody asks for approval; deny
rules hold all the same.

With --json it prints the result as one object.

Exit status: 0 done, 1 the call failed, 2 wrong usage, arguments or configuration,
4 the server is not ready, 130 interrupted.`

// maxArguments bounds what is read from standard input, in bytes.
const maxArguments = 16 << 20

func newCall(w World, f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "call [flags] SERVER TOOL [JSON | - | key=value...]",
		Short: "Call one tool by hand",
		Long:  aboutCall,
		Example: `  switchboard call calculator evaluate expression="12.5% of 8460"
  switchboard call files list '{"path": "docs"}'`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return runCall(c.Context(), w, *f, args) },
	}
	c.Flags().BoolVar(&f.json, "json", false, "print the result as one JSON object")
	c.Flags().DurationVar(&f.timeout, "timeout", 0, "how long the call may take in all, such as 90s (default 10m)")
	return c
}

func runCall(ctx context.Context, w World, f flags, args []string) error {
	cfg, err := load(w, f)
	if err != nil {
		return err
	}
	entry, err := entryOf(cfg.Servers, args[0])
	if err != nil {
		return err
	}
	rules, err := rulesOf(cfg.Approval, f)
	if err != nil {
		return err
	}
	given, err := readArguments(w.In, args[2:])
	if err != nil {
		return err
	}
	h := byHand{w: w, entry: entry, rules: policy.New(rules...), tool: args[1], given: given, json: f.json}
	return h.run(ctx, f.timeout)
}

// A handful is the arguments as they were given: an object or pairs.
type handful struct {
	object json.RawMessage // nil for pairs
	pairs  []string
}

func readArguments(in io.Reader, args []string) (handful, error) {
	text := strings.TrimSpace(strings.Join(args, " "))
	switch {
	case len(args) == 1 && text == "-":
		all, err := io.ReadAll(io.LimitReader(in, maxArguments+1))
		if err != nil {
			return handful{}, fmt.Errorf("reading the arguments from standard input: %w", err)
		}
		if len(all) > maxArguments {
			return handful{}, fmt.Errorf("the arguments on standard input are larger than %d MiB", maxArguments>>20)
		}
		text = string(all)
	case len(args) != 1 || !strings.HasPrefix(text, "{"):
		return handful{pairs: args}, nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil || object == nil {
		return handful{}, fmt.Errorf("the arguments are no JSON object: %w", orNull(err))
	}
	return handful{object: json.RawMessage(text)}, nil
}

func orNull(err error) error {
	if err == nil {
		return errors.New("they are null")
	}
	return err
}

// byHand is one call that a person asked for.
type byHand struct {
	w     World
	entry config.Server
	rules policy.Policy
	tool  string
	given handful
	json  bool
}

// run starts the server, calls, and ends the server.
func (h byHand) run(ctx context.Context, limit time.Duration) error {
	guard := server.StartGuard(h.w.Self, guardCommand)
	defer guard.Close()
	changed := make(chan struct{}, 1)
	opt := server.Options{Guard: guard, Version: version(), CallTimeout: limit, CallCap: limit}
	opt.Notify = func(server.Status) {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	entry := h.entry
	entry.Disabled = false // it was named
	s := server.New(entry, opt)
	var tasks task.Group
	// The server outlives the interrupt: the call is called off first.
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	tasks.Go("running "+entry.Name, func() { s.Run(running) })
	defer tasks.Wait()
	defer stop()
	return h.on(ctx, s, check.Settle(ctx, s, changed), limit)
}

// on is the call on a server that has started or failed to.
func (h byHand) on(ctx context.Context, s *server.Server, st server.Status, limit time.Duration) error {
	if ctx.Err() != nil {
		return statusError(plain.Interrupted)
	}
	if !st.State.Callable() {
		fmt.Fprintf(h.w.Err, "switchboard: %s is not ready (%s): %s\n", clean.Line(st.Name), st.State, st.Reason.Line())
		return statusError(plain.NotReady)
	}
	tool, err := toolOf(s.Tools(), h.tool)
	if err != nil {
		return err
	}
	arguments, err := h.arguments(tool)
	if err != nil {
		return err
	}
	if d := h.rules.Decide(policy.Call{ID: tool.ID, Arguments: arguments}); d.Effect == policy.Deny {
		fmt.Fprintf(h.w.Err, "switchboard: the rule deny %s (%s) forbids this call\n", clean.Line(d.Rule.String()), clean.Line(d.Rule.Source))
		return statusError(plain.Failed)
	}
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	began := time.Now()
	result, err := s.Call(ctx, tool.ID.Tool, arguments, nil)
	return h.tell(ctx, plain.CallResult{Tool: tool.ID, Result: result, Err: err, Took: time.Since(began)})
}

// tell prints what the call came to.
func (h byHand) tell(ctx context.Context, r plain.CallResult) error {
	interrupted := ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded)
	if interrupted && r.Err != nil {
		return statusError(plain.Interrupted)
	}
	if status := plain.Called(h.w.Out, h.w.Err, r, h.json); status != plain.Done {
		return statusError(status)
	}
	return nil
}

// arguments makes the JSON object and checks it.
func (h byHand) arguments(tool catalog.Tool) (json.RawMessage, error) {
	s, err := schema.Compile(tool.Schema)
	if err != nil {
		fmt.Fprintf(h.w.Err, "warn: the arguments are not checked, the tool's schema is of no use for that: %v\n", err)
	}
	object := h.given.object
	if object == nil {
		if object, err = s.Pairs(h.given.pairs); err != nil {
			return nil, fmt.Errorf("the arguments of %s: %w", clean.Line(tool.ID.String()), err)
		}
	}
	if s == nil {
		return object, nil
	}
	if faults := s.Validate(object); len(faults) > 0 {
		lines := make([]string, len(faults))
		for i, f := range faults {
			lines[i] = "\n  " + f.String()
		}
		return nil, fmt.Errorf("%s does not take these arguments:%s", clean.Line(tool.ID.String()), strings.Join(lines, ""))
	}
	return object, nil
}

// toolOf finds a tool by its raw name, or says which may have been meant.
func toolOf(tools []catalog.Tool, name string) (catalog.Tool, error) {
	i := slices.IndexFunc(tools, func(t catalog.Tool) bool { return t.ID.Tool == name })
	if i >= 0 {
		return tools[i], nil
	}
	var known []string
	for _, t := range tools {
		known = append(known, t.ID.Tool)
	}
	return catalog.Tool{}, unknownName("tool", name, known)
}
