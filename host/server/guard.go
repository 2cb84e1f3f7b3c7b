package server

import (
	"io"

	"switchboard/host/server/process"
)

// A Guard is the process that ends our servers when we cannot: see
// [process.Guard].
type Guard = process.Guard

// StartGuard prepares the guard of this program; self is the program's own file
// and args make it call [GuardMain]. The process is started with the first server.
func StartGuard(self string, args ...string) *Guard { return process.NewGuard(self, args...) }

// GuardMain is the guard's whole life: it returns after in has ended and every
// process group that was still registered is gone.
func GuardMain(in io.Reader) { process.GuardMain(in) }
