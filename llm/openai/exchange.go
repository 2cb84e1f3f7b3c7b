package openai

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

const (
	// maxErrorBody is as much of a refusal as is read; go-openai reads all of it.
	maxErrorBody = 64 << 10
	// drainLimit and drainTime bound what is read after the end mark, so that the
	// connection can carry the next request.
	drainLimit = 4 << 10
	drainTime  = 50 * time.Millisecond
)

// An exchange is one request and its answer on their way through net/http. It is
// go-openai's HTTPClient for that one request: it adds what the library cannot
// say and gives it a clean stream to read.
type exchange struct {
	model  *Model
	patch  patch
	watch  *watchdog
	framed *reframer // of the answer, once its head is there
}

// A refusal is an answer with a status other than success.
type refusal struct {
	status int
	header http.Header
	body   []byte // at most 64 KiB
}

func (r *refusal) Error() string { return fmt.Sprintf("HTTP status %d", r.status) }

// Do sends r and waits for the answer's head. A status other than success is a
// [*refusal], so that go-openai's own reading of error bodies, which loses most
// shapes of them, never happens.
func (x *exchange) Do(r *http.Request) (*http.Response, error) {
	if err := x.prepare(r); err != nil {
		return nil, err
	}
	x.watch.expectFirst()
	resp, err := x.model.http.Do(r)
	if err != nil {
		return nil, err
	}
	heard := &heardReader{src: resp.Body, watch: x.watch}
	if resp.StatusCode/100 != 2 {
		defer resp.Body.Close()
		body, err := io.ReadAll(io.LimitReader(heard, maxErrorBody))
		if err != nil && len(body) == 0 && x.watch.fired() {
			return nil, err
		}
		return nil, &refusal{resp.StatusCode, resp.Header, body}
	}
	framed, err := reframe(heard, resp.Header.Get("Content-Type"))
	if err != nil {
		resp.Body.Close()
		return nil, err
	}
	x.framed = framed
	resp.Body = &streamBody{reframer: framed, src: resp.Body, watch: x.watch}
	return resp, nil
}

// prepare adds the headers, the query and the fields of the body.
func (x *exchange) prepare(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("reading the request back: %w", err)
	}
	if body, err = x.patch.apply(body); err != nil {
		return err
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Header.Del("Connection") // go-openai asks for what is the default; HTTP/2 has no such header
	for name, values := range x.model.headers {
		r.Header[name] = values
	}
	r.URL.RawQuery = x.model.endpoint.query
	return nil
}

// reframe chooses how a body is read by its media type.
func reframe(body io.Reader, contentType string) (*reframer, error) {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = strings.ToLower(contentType)
	}
	f := newReframer(body)
	switch {
	case media == "application/json", strings.HasSuffix(media, "+json"), media == "text/json":
		f.mayBeWhole = true
	case media == "", media == "text/event-stream", media == "text/plain", strings.Contains(media, "json"),
		media == "application/octet-stream", media == "binary/octet-stream":
	default:
		return nil, &notAStream{media}
	}
	return f, nil
}

// A streamBody is the body that go-openai reads.
type streamBody struct {
	*reframer
	src   io.Closer
	watch *watchdog
}

// Close lets the connection go. After a whole stream the little that may follow
// is read, without which the connection could not be used again.
func (b *streamBody) Close() error {
	if b.ended {
		b.watch.limit(drainTime)
		_, _ = io.CopyN(io.Discard, b.in, drainLimit) // whatever comes, the stream is over
	}
	return b.src.Close()
}

// newTransport is net/http's with its proxies and limits, but takes no compressed
// answers: compression holds a stream's small pieces back.
func newTransport() http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t := base.Clone()
	t.DisableCompression = true
	return t
}

// keepPost follows a redirect only if it stays with scheme and host and keeps the
// request as it is. Others would send the conversation somewhere else, or as a GET.
func keepPost(r *http.Request, via []*http.Request) error {
	first := via[0].URL
	if r.Method != http.MethodPost || r.URL.Host != first.Host || r.URL.Scheme != first.Scheme || len(via) > 5 {
		return http.ErrUseLastResponse
	}
	return nil
}
