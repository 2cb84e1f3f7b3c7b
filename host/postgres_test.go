//go:build unix

package host_test

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// postgres starts a PostgreSQL of its own on loopback, runs the statements and
// returns its URL. It skips where PostgreSQL is not installed.
func postgres(t *testing.T, statements ...string) string {
	t.Helper()
	bin := postgresBin(t)
	as := postgresUser(t)
	dir, err := os.MkdirTemp("", "switchboard-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if as != nil {
		if err := os.Chown(dir, int(as.Uid), int(as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, name), args...)
		c.Dir = dir
		c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "HOME=" + dir}
		c.SysProcAttr = &syscall.SysProcAttr{Credential: as}
		return c
	}
	data := filepath.Join(dir, "data")
	if out, err := run("initdb", "-D", data, "-U", "app", "-A", "trust", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	port := freePort(t)
	server := run("postgres", "-D", data, "-p", port, "-F",
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
	var log bytes.Buffer
	server.Stdout, server.Stderr = &log, &log
	if err := server.Start(); err != nil {
		t.Fatalf("starting postgres: %v", err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGINT)
		_ = server.Wait()
		if t.Failed() {
			t.Logf("postgres said:\n%s", log.String())
		}
	})
	awaitPostgres(t, run, port)
	for _, s := range statements {
		if out, err := run("psql", "-h", "127.0.0.1", "-p", port, "-U", "app", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c", s).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", s, err, out)
		}
	}
	return fmt.Sprintf("postgresql://app@127.0.0.1:%s/postgres", port)
}

func awaitPostgres(t *testing.T, run func(string, ...string) *exec.Cmd, port string) {
	t.Helper()
	var out []byte
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if out, err = run("pg_isready", "-h", "127.0.0.1", "-p", port).CombinedOutput(); err == nil {
			return
		}
	}
	t.Fatalf("postgres was not ready within 30 s: %v: %s", err, out)
}

// postgresBin is the folder of the newest PostgreSQL here: Debian's, else the one
// in PATH.
func postgresBin(t *testing.T) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if p, err := exec.LookPath("initdb"); err == nil && len(found) == 0 {
		found = []string{p}
	}
	if len(found) == 0 {
		missing(t, "needs PostgreSQL: there is no initdb under /usr/lib/postgresql or in PATH")
	}
	return filepath.Dir(found[len(found)-1])
}

// postgresUser is whom PostgreSQL runs as where we are root, which it refuses to
// be; nil means as ourselves.
func postgresUser(t *testing.T) *syscall.Credential {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		missing(t, "needs a user for PostgreSQL: it does not run as root, and there is no user postgres")
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
