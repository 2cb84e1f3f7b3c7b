package weather

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	// patience bounds one request, from the name lookup to the last byte.
	patience = 10 * time.Second
	// maxBody bounds an answer in bytes; real ones have a few thousand.
	maxBody      = 1 << 20
	maxRedirects = 3
	maxReason    = 200
)

type api struct {
	client    *http.Client
	transport *http.Transport
}

func newAPI() *api {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSHandshakeTimeout: patience,
		IdleConnTimeout:     time.Minute,
		ForceAttemptHTTP2:   true,
	}
	return &api{transport: transport, client: &http.Client{
		Transport: transport, Timeout: patience, CheckRedirect: stayHere,
	}}
}

func (a *api) close() error {
	a.transport.CloseIdleConnections()
	return nil
}

// stayHere follows redirects on the same host only.
func stayHere(request *http.Request, before []*http.Request) error {
	if len(before) > maxRedirects {
		return errors.New("too many redirects")
	}
	if request.URL.Host != before[0].URL.Host {
		return fmt.Errorf("it redirects to another host, %s", request.URL.Host)
	}
	return nil
}

// get asks a service and decodes its answer, a JSON object, into target.
func (a *api) get(ctx context.Context, address string, query url.Values, target any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?"+query.Encode(), nil)
	if err != nil {
		return fmt.Errorf("the address %q of the weather service is malformed: %w", address, err)
	}
	host := request.URL.Host
	response, err := a.client.Do(request)
	if err != nil {
		return fmt.Errorf("weather needs the network: could not reach %s: %w", host, plain(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if err != nil {
		return fmt.Errorf("weather needs the network: the answer of %s broke off: %w", host, plain(err))
	}
	if len(body) > maxBody {
		return fmt.Errorf("%s answered with more than %d KiB, which is no weather report", host, maxBody>>10)
	}
	if response.StatusCode != http.StatusOK {
		return refusal(host, response.StatusCode, body)
	}
	if err := json.Unmarshal(body, target); err != nil {
		return fmt.Errorf("%s answered with something that is no weather report: %w", host, err)
	}
	return nil
}

// refusal puts an error status in words, with the reason that Open-Meteo gives.
func refusal(host string, status int, body []byte) error {
	var told struct{ Reason string }
	if json.Unmarshal(body, &told) != nil || told.Reason == "" {
		told.Reason = http.StatusText(status)
	}
	if runes := []rune(told.Reason); len(runes) > maxReason {
		told.Reason = string(runes[:maxReason]) + "…"
	}
	err := fmt.Errorf("%s refused the request with status %d: %s", host, status, told.Reason)
	switch {
	case status == http.StatusTooManyRequests:
		return fmt.Errorf("%w; wait a minute before asking again", err)
	case status >= http.StatusInternalServerError:
		return fmt.Errorf("%w; the service is in trouble, try again later", err)
	}
	return err
}

// plain takes an error of net/http down to what a reader needs.
func plain(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		if wrapped.Timeout() {
			return fmt.Errorf("no answer within %v", patience)
		}
		err = wrapped.Err
	}
	if lookup, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("its name cannot be looked up (%s)", lookup.Err)
	}
	return err
}
