// Package host is the MCP host: it runs the servers, makes one catalogue of
// their tools, leads the conversation with the model, and asks the person where
// a person must decide. Ops go in through [Host.Do], events come out of
// [Host.Events]; it knows no screen.
package host
