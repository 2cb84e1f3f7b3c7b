package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

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
