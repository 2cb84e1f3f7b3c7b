// Package server keeps one MCP server: its process or its URL, the wire to it,
// the handshake, its tools, its calls and its death.
package server
