package server

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
	"switchboard/host/server/process"
)

const (
	maxLevel  = 40  // characters of a log level or the name of a capability
	maxLogger = 200 // characters of a logger's name
)

// ReadResource reads one resource: its texts in full, anything else described,
// such as "[blob image/png, 12 KB]". Bytes counts what was decoded. The error is
// an [*Error], or the cause of ctx's end; the call timeout holds here too.
func (s *Server) ReadResource(ctx context.Context, uri string) (content clean.Text, mime string, bytes int, err error) {
	s.mu.Lock()
	session, st := s.session, s.status
	s.mu.Unlock()
	if session == nil {
		return clean.Text{}, "", 0, notReady(st, time.Now())
	}
	idle, _ := s.opt.callTimes(s.cfg)
	slow := &slowError{fmt.Sprintf("no answer for %s; the server was told to stop", process.Seconds(idle))}
	limited, cancel := context.WithTimeoutCause(ctx, idle, slow)
	defer cancel()
	raw, err := session.request(limited, string(mcp.MethodResourcesRead), params{"uri": uri})
	if err == nil {
		content, mime, bytes, err = decodeContents(raw)
	}
	switch {
	case ctx.Err() != nil && err != nil:
		return clean.Text{}, "", 0, context.Cause(ctx)
	case err != nil:
		return clean.Text{}, "", 0, s.failed(err)
	}
	return content, mime, bytes, nil
}

// decodeContents reads the result of resources/read. The type is that of the first
// content that has one.
func decodeContents(raw json.RawMessage) (clean.Text, string, int, error) {
	var result struct {
		Contents []json.RawMessage `json:"contents"`
	}
	if json.Unmarshal(raw, &result) != nil || result.Contents == nil {
		return clean.Text{}, "", 0, &invalidError{"the answer is no content of a resource: " + cut(string(raw), maxLastWord)}
	}
	var parts []string
	mime, bytes := "", 0
	for _, one := range result.Contents {
		var r resource
		if json.Unmarshal(one, &r) != nil {
			parts = append(parts, fmt.Sprintf("[content that makes no sense, %s]", size(len(one))))
			continue
		}
		part, n := r.content()
		parts, bytes, mime = append(parts, part), bytes+n, first(mime, r.MIMEType)
	}
	return clean.Foreign(strings.Join(parts, "\n")), mime, bytes, nil
}

// content is a text in full and a blob in words, and how many bytes it has.
func (r *resource) content() (string, int) {
	if r.Text != nil {
		return *r.Text, len(*r.Text)
	}
	n := base64.StdEncoding.DecodedLen(len(r.Blob))
	n -= len(r.Blob) - len(strings.TrimRight(r.Blob, "="))
	return fmt.Sprintf("[blob %s, %s]", first(r.MIMEType, "of unknown type"), size(n)), n
}

// logText is the data of a log message: a text as it is, anything else as JSON.
func logText(data any) string {
	if s, ok := data.(string); ok {
		return s
	}
	if fields, ok := data.(map[string]any); ok && len(fields) == 1 {
		if s, ok := fields["message"].(string); ok {
			return s
		}
	}
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Sprint(data)
	}
	return string(raw)
}

// isUnknownMethod tells whether a server answered that it has no such method.
func isUnknownMethod(err error) bool {
	var rpc *rpcError
	return errors.As(err, &rpc) && rpc.code == mcp.METHOD_NOT_FOUND
}
