package server_test

import (
	"net"
	"net/http/httptest"
)

// relisten starts a server at an address that was used before.
func relisten(ts *httptest.Server, addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	_ = ts.Listener.Close()
	ts.Listener = listener
	ts.Start()
	return nil
}
