package weather_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"switchboard/host/builtin/tool"
	"switchboard/host/builtin/tool/tooltest"
	"switchboard/host/builtin/weather"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type args = tooltest.Args

const (
	geocoding = `{"results":[
		{"name":"Paris","admin1":"Île-de-France","country":"France","country_code":"FR","latitude":48.85341,"longitude":2.3488},
		{"name":"Paris","admin1":"Texas","country":"United States","country_code":"US","latitude":33.66094,"longitude":-95.55551},
		{"name":"Paris","admin1":"Texas","country":"United States","country_code":"US","latitude":33.7,"longitude":-95.6},
		{"name":"Paris","admin1":"Ontario","country":"Canada","country_code":"CA","latitude":43.2,"longitude":-80.38333}]}`
	single  = `{"results":[{"name":"Singapore","country":"Singapore","country_code":"SG","latitude":1.28967,"longitude":103.85007}]}`
	current = `{"current":{"time":"2026-10-09T21:30","interval":900,"temperature_2m":14.2,"apparent_temperature":11.9,
		"relative_humidity_2m":81,"precipitation":0.3,"weather_code":61,"wind_speed_10m":12.4,"wind_direction_10m":229}}`
	daily = `{"daily":{"time":["2026-10-09","2026-10-10","2026-10-11"],"weather_code":[0,95,12345],
		"temperature_2m_max":[18.4,0.4,20],"temperature_2m_min":[9.6,-0.3,10],"precipitation_sum":[0,12.34,0],
		"precipitation_probability_max":[0,85,null],"wind_speed_10m_max":[10.2,55,20]}}`
)

// standIn answers as Open-Meteo does; the forecast by what was asked for.
func standIn(t testing.TB, places string) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/search", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("name") == "Nowhere" {
			fmt.Fprint(w, `{"generationtime_ms":0.5}`)
			return
		}
		fmt.Fprint(w, places)
	})
	mux.HandleFunc("/v1/forecast", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("daily") != "" {
			fmt.Fprint(w, daily)
			return
		}
		fmt.Fprint(w, current)
	})
	return listen(t, mux)
}

func listen(t testing.TB, handler http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// serve makes the server with both services at one address.
func serve(t testing.TB, address string) tool.Server {
	t.Helper()
	s := weather.New(func(name string) string {
		return map[string]string{weather.WeatherURL: address, weather.GeocodingURL: address + "/"}[name]
	})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestWeather(t *testing.T) {
	t.Parallel()
	paris, singapore := serve(t, standIn(t, geocoding).URL), serve(t, standIn(t, single).URL)
	const now = ": 14 °C (58 °F), light rain, feels like 12 °C (53 °F); wind 12 km/h from the south-west; humidity 81%; " +
		"0.3 mm of precipitation in the last hour.\nAs of 2026-10-09 21:30 local time. Source: Open-Meteo."
	for _, test := range []struct {
		s    tool.Server
		tool string
		args args
		want string
	}{
		{paris, "get_weather", args{"city": "Paris"}, "Paris, Île-de-France, France" + now +
			"\nNote: Paris, Île-de-France, France was taken; there are also Paris, Texas, United States; Paris, Ontario, Canada."},
		{paris, "get_weather", args{"city": "Paris, Ontario"}, "Paris, Ontario, Canada" + now},
		{paris, "get_weather", args{"city": "paris , texas, us"}, "Paris, Texas, United States" + now},
		{paris, "get_weather", args{"city": "Paris, Canad"}, "Paris, Ontario, Canada" + now},
		{singapore, "get_weather", args{"city": "Singapore"}, "Singapore" + now},
		{singapore, "get_forecast", args{"city": "Singapore", "days": 3}, "Forecast for Singapore:\n" +
			"Fri 9 Oct: 10 °C (49 °F) to 18 °C (65 °F), clear sky, wind to 10 km/h\n" +
			"Sat 10 Oct: 0 °C (31 °F) to 0 °C (33 °F), thunderstorm, 85% chance of precipitation (12.3 mm), wind to 55 km/h\n" +
			"Sun 11 Oct: 10 °C (50 °F) to 20 °C (68 °F), weather code 12345, wind to 20 km/h\nSource: Open-Meteo."},
	} {
		if got := tooltest.Says(t, test.s, test.tool, test.args); got != test.want {
			t.Errorf("%s(%v) said\n%s\nwant\n%s", test.tool, test.args, got, test.want)
		}
	}
}

func TestNoSuchPlace(t *testing.T) {
	t.Parallel()
	s := serve(t, standIn(t, geocoding).URL)
	for city, want := range map[string]string{
		"Nowhere":         `no place called "Nowhere" was found`,
		"Nowhere, Norway": `no place called "Nowhere" was found`,
		"Paris, Spain":    `no "Paris" was found in "Spain"; there are Paris, Île-de-France, France; Paris, Texas, United States; Paris, Ontario, Canada`,
	} {
		if got := tooltest.Refuses(t, s, "get_weather", args{"city": city}); !strings.Contains(got, want) {
			t.Errorf("%s is refused with %q, want %q", city, got, want)
		}
	}
	for _, wrong := range []args{nil, {"city": ""}, {"city": 7}, {"city": "Paris", "days": 17}, {"city": "Paris", "days": 0}} {
		tooltest.Refuses(t, s, "get_forecast", wrong)
	}
}

// What is asked for goes out as a query, never as a part of the path.
func TestRequest(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 2)
	stand := standIn(t, single)
	front := listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path + " " + r.FormValue("name") + r.FormValue("latitude") + " " + r.FormValue("forecast_days")
		stand.Config.Handler.ServeHTTP(w, r)
	}))
	tooltest.Says(t, serve(t, front.URL), "get_forecast", args{"city": "../x?name=y&z=1#"})
	if got := <-asked; got != "/v1/search ../x?name=y&z=1# " {
		t.Errorf("the first request was %q", got)
	}
	if got := <-asked; got != "/v1/forecast 1.2897 5" {
		t.Errorf("the second request was %q", got)
	}
}

func TestServiceInTrouble(t *testing.T) {
	t.Parallel()
	away := listen(t, http.NotFoundHandler())
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"reason": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error":true,"reason":"Parameter count must be between 1 and 100."}`)
		}, "refused the request with status 400: Parameter count must be"},
		"limit":    {status(http.StatusTooManyRequests), "wait a minute"},
		"down":     {status(http.StatusBadGateway), "status 502: Bad Gateway; the service is in trouble"},
		"no JSON":  {body("<html>login</html>"), "something that is no weather report"},
		"other":    {body(`{"results":"x"}`), "something that is no weather report"},
		"huge":     {body(strings.Repeat("x", 2<<20)), "more than 1024 KiB"},
		"hang-up":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "weather needs the network: could not reach 127.0.0.1"},
		"redirect": {http.RedirectHandler(away.URL, http.StatusFound).ServeHTTP, "redirects to another host"},
		"loop": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, "too many redirects"},
		"torn": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, `{"results":`)
		}, "broke off"},
	} {
		s := serve(t, listen(t, test.handler).URL)
		if got := tooltest.Refuses(t, s, "get_weather", args{"city": "Paris"}); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

func TestIncompleteReport(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{
		`{}`, `{"current":null}`, `{"current":{}}`, `{"daily":{}}`, `{"daily":{"time":["2026-10-09"],"weather_code":[]}}`,
		strings.Replace(daily, "9.6,", "", 1),
	} {
		mux := http.NewServeMux()
		mux.HandleFunc("/v1/search", body(single))
		mux.HandleFunc("/v1/forecast", body(answer))
		s := serve(t, listen(t, mux).URL)
		for _, name := range []string{"get_weather", "get_forecast"} {
			if got := tooltest.Refuses(t, s, name, args{"city": "Singapore"}); !strings.Contains(got, "left out part") {
				t.Errorf("%s of %s: %q", name, answer, got)
			}
		}
	}
}

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	got := tooltest.Refuses(t, serve(t, gone.URL), "get_weather", args{"city": "Paris"})
	if !strings.HasPrefix(got, "weather needs the network: could not reach 127.0.0.1:") || !strings.Contains(got, "refused") {
		t.Errorf("refused connection: %q", got)
	}
	got = tooltest.Refuses(t, serve(t, "ht!tp://x"), "get_weather", args{"city": "Paris"})
	if !strings.Contains(got, "is malformed") {
		t.Errorf("malformed address: %q", got)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add(geocoding, current, daily)
	f.Add(single, `{"current":{"time":"x","weather_code":1e3,"wind_direction_10m":-1e300}}`, `{"daily":{"time":[""]}}`)
	f.Add(`[]`, `null`, `""`)
	var places, now, days string
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/search", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, places) })
	mux.HandleFunc("/v1/forecast", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("daily") != "" {
			fmt.Fprint(w, days)
			return
		}
		fmt.Fprint(w, now)
	})
	s := serve(f, listen(f, mux).URL)
	f.Fuzz(func(t *testing.T, first, second, third string) {
		places, now, days = first, second, third
		tooltest.Either(t, s, "get_weather", args{"city": "Paris, x"})
		tooltest.Either(t, s, "get_forecast", args{"city": "Paris"})
	})
}
