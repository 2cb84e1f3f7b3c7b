// Switchboard is a terminal chat over many MCP servers at once.
package main

import (
	"os"

	"switchboard/ui/command"
)

func main() { os.Exit(command.Main()) }
