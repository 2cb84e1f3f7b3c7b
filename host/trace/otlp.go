package trace

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"
)

// OTLP writes the trace as an OTLP/JSON ExportTraceServiceRequest
// (opentelemetry-proto, trace/v1), which collectors take on /v1/traces. A span
// that still lasts ends now.
func (t Trace) OTLP(now time.Time) ([]byte, error) {
	id := t.id()
	spans := make([]otlpSpan, 0, len(t.Spans))
	for _, s := range t.Spans {
		spans = append(spans, s.otlp(id, now))
	}
	return json.MarshalIndent(map[string]any{
		"resourceSpans": []any{map[string]any{
			"resource": map[string]any{"attributes": []otlpAttribute{attribute("service.name", "switchboard")}},
			"scopeSpans": []any{map[string]any{
				"scope": map[string]string{"name": "switchboard"},
				"spans": spans,
			}},
		}},
	}, "", "  ")
}

type otlpSpan struct {
	TraceID    string          `json:"traceId"`
	SpanID     string          `json:"spanId"`
	ParentID   string          `json:"parentSpanId,omitempty"`
	Name       string          `json:"name"`
	Kind       int             `json:"kind"`
	Begin      string          `json:"startTimeUnixNano"`
	End        string          `json:"endTimeUnixNano"`
	Attributes []otlpAttribute `json:"attributes,omitempty"`
	Status     otlpStatus      `json:"status"`
}

type otlpAttribute struct {
	Key   string            `json:"key"`
	Value map[string]string `json:"value"`
}

type otlpStatus struct {
	Code int `json:"code,omitempty"`
}

// What OTLP calls internal and client spans, and an error.
const (
	spanInternal = 1
	spanClient   = 3
	statusError  = 2
)

func attribute(key, value string) otlpAttribute {
	return otlpAttribute{key, map[string]string{"stringValue": value}}
}

func (s Span) otlp(trace string, now time.Time) otlpSpan {
	o := otlpSpan{
		TraceID: trace, SpanID: spanID(s.ID), Name: s.Name, Kind: spanInternal,
		Begin: nanos(s.Begin), End: nanos(s.Begin.Add(s.Took(now))),
		Attributes: []otlpAttribute{attribute("switchboard.kind", string(s.Kind))},
	}
	if s.Parent != 0 {
		o.ParentID = spanID(s.Parent)
	}
	if s.Kind == Model || s.Kind == Server {
		o.Kind = spanClient
	}
	if s.Failed {
		o.Status.Code = statusError
	}
	for _, f := range s.Facts {
		o.Attributes = append(o.Attributes, attribute("switchboard."+f.Name, f.Value))
	}
	return o
}

// id is the trace's: 16 bytes that are the same whenever this turn is written.
func (t Trace) id() string {
	begin := ""
	if len(t.Spans) > 0 {
		begin = nanos(t.Spans[0].Begin)
	}
	sum := sha256.Sum256([]byte(strconv.Itoa(t.Turn) + "\x00" + begin + "\x00" + t.Prompt))
	return hex.EncodeToString(sum[:16])
}

func spanID(n int) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	return hex.EncodeToString(b[:])
}

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }
