//go:build !unix

package servertest_test

// gone cannot be told without signals.
func gone(string) bool { return true }
