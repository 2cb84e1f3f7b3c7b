//go:build !unix

package servertest

import "os"

// signalSelf ends the fixture: there are no signals here.
func signalSelf(string) { os.Exit(1) }
