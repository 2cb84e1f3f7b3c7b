package plain

import (
	"fmt"
	"io"
	"strings"
	"time"

	"switchboard/host/catalog"
	foreign "switchboard/host/clean"
	"switchboard/host/server"
)

// A CallResult is what one call by hand came to.
type CallResult struct {
	Tool   catalog.ID
	Result server.Result // the zero value when Err is set
	Err    error         // the call did not come back
	Took   time.Duration
}

// Called prints the result of a call: its text on out, or on err when it tells of a
// failure, or one JSON object on out. It gives the exit status.
func Called(out, err io.Writer, r CallResult, asJSON bool) int {
	status := Done
	if r.Err != nil || r.Result.IsError {
		status = Failed
	}
	text := r.Result.Text
	if r.Err != nil {
		text = foreign.Foreign(r.Err.Error())
	}
	switch {
	case asJSON:
		_ = newLines(out).out.Encode(object{ // a reader that is gone changes nothing
			"type": "result", "server": r.Tool.Server, "tool": foreign.Foreign(r.Tool.Tool),
			"is_error": status != Done, "text": text, "bytes": r.Result.Bytes, "server_ms": milliseconds(r.Took),
		})
	case r.Err != nil:
		fmt.Fprintf(err, "switchboard: the call of %s failed: %s\n", clean(r.Tool.String()), text.Line())
	case r.Result.IsError:
		fmt.Fprintf(err, "switchboard: %s reports an error:\n%s\n", clean(r.Tool.String()), strings.TrimRight(text.Block(), "\n"))
	default:
		fmt.Fprintln(out, strings.TrimRight(text.Prose(), "\n"))
	}
	return status
}
