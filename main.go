// Switchboard is a terminal chat over many MCP servers at once.
package main

func main() {}
