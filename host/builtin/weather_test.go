package builtin_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// openMeteo stands in for both services of Open-Meteo.
func openMeteo(t testing.TB) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/search", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"results":[{"name":%q,"country":"Testland","latitude":1,"longitude":2}]}`, r.FormValue("name"))
	})
	mux.HandleFunc("/v1/forecast", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("daily") == "" {
			fmt.Fprint(w, `{"current":{"time":"2026-10-09T21:30","temperature_2m":20,"apparent_temperature":20,"weather_code":3}}`)
			return
		}
		fmt.Fprint(w, `{"daily":{"time":["2026-10-09"],"weather_code":[3],"temperature_2m_max":[20],"temperature_2m_min":[10],
			"precipitation_sum":[0],"precipitation_probability_max":[0],"wind_speed_10m_max":[5]}}`)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestWeather(t *testing.T) {
	t.Parallel()
	url := openMeteo(t)
	c := open(t, "weather", env("SWITCHBOARD_WEATHER_URL", url), env("SWITCHBOARD_GEOCODING_URL", url))
	contains(t, c.says("get_weather", args{"city": "Springfield"}), "Springfield, Testland: 20 °C (68 °F), overcast")
	contains(t, c.says("get_forecast", args{"city": "Springfield", "days": 1}), "Fri 9 Oct: 10 °C (50 °F) to 20 °C (68 °F), overcast")
	contains(t, c.refuses("get_forecast", args{"city": "Springfield", "days": 99}), "from 1 to 16")
	var data struct {
		Place struct{ Name string }
		Sky   string
	}
	must(t, json.Unmarshal(c.call("get_weather", args{"city": "Springfield"}).Structured, &data))
	if data.Place.Name != "Springfield" || data.Sky != "overcast" {
		t.Errorf("the structured content is %+v", data)
	}
}

func TestWeatherWithoutNetwork(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	c := open(t, "weather", env("SWITCHBOARD_GEOCODING_URL", gone.URL))
	if got := c.refuses("get_weather", args{"city": "Paris"}); !strings.HasPrefix(got, "weather needs the network: ") {
		t.Errorf("refused with %q", got)
	}
}

// The end of input must not wait for a service that does not answer.
func TestWeatherEndsWhileAsking(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(asked)
		<-release
	}))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(release) })
	c := open(t, "weather", env("SWITCHBOARD_GEOCODING_URL", silent.URL))
	c.send(map[string]any{
		"jsonrpc": "2.0", "id": 9, "method": "tools/call",
		"params": map[string]any{"name": "get_weather", "arguments": args{"city": "Paris"}},
	})
	<-asked
	rest, err := c.end()
	must(t, err)
	contains(t, rest, `"id":9`, `"isError":true`)
}
