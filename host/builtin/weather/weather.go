// Package weather is the built-in server for the weather, from Open-Meteo
// (https://open-meteo.com), which asks for no key.
package weather

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

// Environment variables that replace the services, for a mirror or a test. Each
// is a base URL, to which /v1/forecast and /v1/search are added.
const (
	WeatherURL   = "SWITCHBOARD_WEATHER_URL"   // else https://api.open-meteo.com
	GeocodingURL = "SWITCHBOARD_GEOCODING_URL" // else https://geocoding-api.open-meteo.com
)

const (
	maxCity     = 200
	maxDays     = 16 // Open-Meteo's own bound
	defaultDays = 5
)

var reading = tool.Hints{ReadOnly: true, OpenWorld: true}

type station struct {
	api       *api
	weather   string
	geocoding string
}

// New makes the server; getenv reads the environment.
func New(getenv func(string) string) tool.Server {
	s := &station{
		api:       newAPI(),
		weather:   baseURL(getenv(WeatherURL), "https://api.open-meteo.com"),
		geocoding: baseURL(getenv(GeocodingURL), "https://geocoding-api.open-meteo.com"),
	}
	return tool.Server{
		Title:        "Weather",
		Instructions: "Tells the weather now and for up to 16 days. Needs the network.",
		Tools:        []server.ServerTool{s.currentTool(), s.forecastTool()},
		Close:        s.api.close,
	}
}

func baseURL(given, standard string) string {
	return strings.TrimRight(cmp.Or(strings.TrimSpace(given), standard), "/")
}

func cityParam() tool.Param {
	return tool.String("city", `The city; add region or country where there are several: "Paris, Texas".`).Required().AtMost(maxCity)
}

func (s *station) currentTool() server.ServerTool {
	spec := tool.Spec{
		Name: "get_weather", Title: "Current weather", Hints: reading,
		Description: "Tell the current weather in a city: temperature, sky, wind, humidity.",
		Params:      []tool.Param{cityParam()},
	}
	type arguments struct{ City string }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		at, err := s.locate(ctx, in.City)
		if err != nil {
			return tool.Answer{}, err
		}
		now, err := s.current(ctx, at.place)
		if err != nil {
			return tool.Answer{}, err
		}
		data := map[string]any{"place": at.place, "current": now, "sky": sky(now.Code)}
		return tool.Answer{Text: now.text(at.place) + at.note(), Data: data}, nil
	})
}

func (s *station) forecastTool() server.ServerTool {
	spec := tool.Spec{
		Name: "get_forecast", Title: "Weather forecast", Hints: reading,
		Description: "Forecast the weather of a city day by day, beginning with today.",
		Params: []tool.Param{
			cityParam(),
			tool.Integer("days", "How many days.", 1, maxDays).Default(defaultDays),
		},
	}
	type arguments struct {
		City string
		Days int
	}
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		at, err := s.locate(ctx, in.City)
		if err != nil {
			return tool.Answer{}, err
		}
		days, err := s.forecast(ctx, at.place, cmp.Or(in.Days, defaultDays))
		if err != nil {
			return tool.Answer{}, err
		}
		var b strings.Builder
		fmt.Fprintf(&b, "Forecast for %s:\n", at.place)
		for _, d := range days {
			fmt.Fprintln(&b, d)
		}
		b.WriteString("Source: Open-Meteo.")
		return tool.Answer{Text: b.String() + at.note(), Data: map[string]any{"place": at.place, "days": days}}, nil
	})
}
