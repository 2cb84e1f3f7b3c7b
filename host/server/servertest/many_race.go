//go:build race

package servertest

// manyTools is how many tools one list holds that is far too long: with the race
// detector, no more than can be read in the time that a start has.
const manyTools = 10_000
