package server

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"syscall"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// Which errors of a start are worth another try.
func TestFallsOfStarts(t *testing.T) {
	t.Parallel()
	refused := func(code int) error { return (&statusError{where: "http://x", code: code}).explain() }
	for name, c := range map[string]struct {
		err  error
		want fall
	}{
		"exit":                   {&lostError{}, passing},
		"too slow":               {errors.New("no answer within 10 s of its start"), passing},
		"no such command":        {&entryError{errors.New("npx: not found in PATH")}, lasting},
		"a folder":               {launchFault(&os.PathError{Op: "fork/exec", Err: syscall.EACCES}), lasting},
		"no memory":              {launchFault(&os.PathError{Op: "fork/exec", Err: syscall.ENOMEM}), passing},
		"no descriptors":         {launchFault(fmt.Errorf("opening pipes: %w", syscall.EMFILE)), passing},
		"unknown version":        {fmt.Errorf("shaking hands: %w", mcp.UnsupportedProtocolVersionError{Version: "2099-01-01"}), lasting},
		"nobody there":           {&reachError{where: "http://x", err: syscall.ECONNREFUSED}, distant},
		"sign-in":                {refused(http.StatusUnauthorized), personal},
		"no MCP server":          {refused(http.StatusNotFound), lasting},
		"a gateway out of order": {refused(http.StatusBadGateway), passing},
	} {
		if got := fallOf(c.err); got != c.want {
			t.Errorf("%s: fall %d, want %d", name, got, c.want)
		}
	}
}
