package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"syscall"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
	"switchboard/host/task"
)

// errInternal stands for a fault of our own; the panic itself goes to OnPanic.
var errInternal = errors.New("an internal fault of Switchboard ended this")

// recovered is deferred around code that runs on mcp-go's goroutines.
func (c *checks) recovered(where string, then func()) {
	v := recover()
	if v == nil {
		return
	}
	if c.onPanic != nil {
		c.onPanic(task.Panic{Task: where, Value: v, Stack: string(debug.Stack())})
	}
	then()
}

// A lostError is why a connection is over.
type lostError struct{ reason clean.Text }

func (e *lostError) Error() string { return e.reason.Line() }

// An rpcError is a JSON-RPC error as it came, with the code and data that mcp-go
// drops for codes it does not know.
type rpcError struct {
	code    int
	message string
	data    json.RawMessage
}

func newRPCError(e *mcp.JSONRPCErrorDetails) *rpcError {
	r := &rpcError{code: e.Code, message: e.Message}
	if e.Data != nil {
		r.data, _ = json.Marshal(e.Data)
	}
	return r
}

func (e *rpcError) Error() string {
	if len(e.data) == 0 {
		return fmt.Sprintf("error %d: %s", e.code, e.message)
	}
	return fmt.Sprintf("error %d: %s (%s)", e.code, e.message, cut(string(e.data), maxLastWord))
}

// An invalidError is an answer, or an argument, that makes no sense.
type invalidError struct{ what string }

func (e *invalidError) Error() string { return e.what }

// A signInError is a refusal that a person can lift.
type signInError struct{ what string }

func (e *signInError) Error() string { return e.what }

// versions are those that a refusal with -32022 names.
func (e *rpcError) versions() []string {
	var data mcp.UnsupportedProtocolVersionData
	_ = json.Unmarshal(e.data, &data)
	return data.Supported
}

// An entryError is a fault that only a change of the entry, or of the machine,
// can mend: a command that does not exist, an address that is no MCP server.
type entryError struct{ err error }

func (e *entryError) Error() string { return e.err.Error() }

func (e *entryError) Unwrap() error { return e.err }

// launchFault sorts a process that could not be started: want of memory or of
// descriptors passes, everything else stays until somebody mends it.
func launchFault(err error) error {
	for _, passing := range []error{syscall.EAGAIN, syscall.ENOMEM, syscall.EMFILE, syscall.ENFILE, syscall.ETXTBSY} {
		if errors.Is(err, passing) {
			return err
		}
	}
	return &entryError{err}
}

// fallOf sorts the error of a start.
func fallOf(err error) fall {
	var (
		ask     *signInError
		entry   *entryError
		reach   *reachError
		version mcp.UnsupportedProtocolVersionError
	)
	switch {
	case errors.As(err, &ask):
		return personal
	case errors.As(err, &entry), errors.As(err, &version):
		return lasting
	case errors.As(err, &reach):
		return distant
	}
	return passing
}
