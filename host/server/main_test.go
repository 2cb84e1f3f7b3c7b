package server_test

import (
	"testing"

	"switchboard/host/server/servertest"
)

func TestMain(m *testing.M) { servertest.Main(m) }
