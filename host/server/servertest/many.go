//go:build !race

package servertest

// manyTools is how many tools one list holds that is far too long.
const manyTools = 100_000
