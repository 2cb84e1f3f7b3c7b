package weather

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

var errIncomplete = errors.New("the weather service left out part of its report; try again later")

// conditions is the weather now, in the service's standard units.
type conditions struct {
	Time        string  `json:"time"` // local time of the place
	Temperature float64 `json:"temperature_2m"`
	FeelsLike   float64 `json:"apparent_temperature"`
	Humidity    float64 `json:"relative_humidity_2m"`
	Rain        float64 `json:"precipitation"`
	Code        int     `json:"weather_code"`
	Wind        float64 `json:"wind_speed_10m"`
	WindFrom    float64 `json:"wind_direction_10m"`
}

const (
	currentFields = "temperature_2m,apparent_temperature,relative_humidity_2m,precipitation," +
		"weather_code,wind_speed_10m,wind_direction_10m"
	dailyFields = "weather_code,temperature_2m_max,temperature_2m_min,precipitation_sum," +
		"precipitation_probability_max,wind_speed_10m_max"
)

func (p place) query() url.Values {
	return url.Values{
		"latitude":  {strconv.FormatFloat(p.Latitude, 'f', 4, 64)},
		"longitude": {strconv.FormatFloat(p.Longitude, 'f', 4, 64)},
		"timezone":  {"auto"},
	}
}

func (s *station) current(ctx context.Context, at place) (conditions, error) {
	query := at.query()
	query.Set("current", currentFields)
	var answer struct{ Current *conditions }
	if err := s.api.get(ctx, s.weather+"/v1/forecast", query, &answer); err != nil {
		return conditions{}, err
	}
	if answer.Current == nil || answer.Current.Time == "" {
		return conditions{}, errIncomplete
	}
	return *answer.Current, nil
}

func (c conditions) text(at place) string {
	text := fmt.Sprintf("%s: %s, %s", at, degrees(c.Temperature), sky(c.Code))
	if math.Abs(c.FeelsLike-c.Temperature) >= 1 {
		text += ", feels like " + degrees(c.FeelsLike)
	}
	text += fmt.Sprintf("; wind %.0f km/h from the %s; humidity %.0f%%", c.Wind, compass(c.WindFrom), c.Humidity)
	if c.Rain > 0 {
		text += fmt.Sprintf("; %.1f mm of precipitation in the last hour", c.Rain)
	}
	return fmt.Sprintf("%s.\nAs of %s local time. Source: Open-Meteo.", text, strings.Replace(c.Time, "T", " ", 1))
}

// A day is one day of a forecast.
type day struct {
	Date   string   `json:"date"`
	Sky    string   `json:"sky"`
	High   float64  `json:"high"`           // °C
	Low    float64  `json:"low"`            // °C
	Rain   float64  `json:"rain"`           // mm
	Chance *float64 `json:"chance_of_rain"` // per cent; null far ahead
	Wind   float64  `json:"wind"`           // km/h, the strongest
}

// columns is a forecast as the service sends it: one list for each quantity.
type columns struct {
	Time   []string
	Code   []int      `json:"weather_code"`
	High   []float64  `json:"temperature_2m_max"`
	Low    []float64  `json:"temperature_2m_min"`
	Rain   []float64  `json:"precipitation_sum"`
	Chance []*float64 `json:"precipitation_probability_max"`
	Wind   []float64  `json:"wind_speed_10m_max"`
}

func (s *station) forecast(ctx context.Context, at place, days int) ([]day, error) {
	query := at.query()
	query.Set("daily", dailyFields)
	query.Set("forecast_days", strconv.Itoa(days))
	var answer struct{ Daily columns }
	if err := s.api.get(ctx, s.weather+"/v1/forecast", query, &answer); err != nil {
		return nil, err
	}
	return answer.Daily.days()
}

func (c columns) days() ([]day, error) {
	n := len(c.Time)
	if n == 0 || n > maxDays {
		return nil, errIncomplete
	}
	for _, length := range []int{len(c.Code), len(c.High), len(c.Low), len(c.Rain), len(c.Chance), len(c.Wind)} {
		if length != n {
			return nil, errIncomplete
		}
	}
	days := make([]day, n)
	for i := range days {
		days[i] = day{c.Time[i], sky(c.Code[i]), c.High[i], c.Low[i], c.Rain[i], c.Chance[i], c.Wind[i]}
	}
	return days, nil
}

// String is the day on one line.
func (d day) String() string {
	date := d.Date
	if t, err := time.Parse(time.DateOnly, d.Date); err == nil {
		date = t.Format("Mon 2 Jan")
	}
	text := fmt.Sprintf("%s: %s to %s, %s", date, degrees(d.Low), degrees(d.High), d.Sky)
	if d.Chance != nil && *d.Chance > 0 {
		text += fmt.Sprintf(", %.0f%% chance of precipitation", *d.Chance)
	}
	if d.Rain > 0 {
		text += fmt.Sprintf(" (%.1f mm)", d.Rain)
	}
	return text + fmt.Sprintf(", wind to %.0f km/h", d.Wind)
}

// degrees gives a temperature in both units, the metric one first. Adding zero
// turns a rounded -0 into 0.
func degrees(celsius float64) string {
	return fmt.Sprintf("%.0f °C (%.0f °F)", math.Round(celsius)+0, math.Round(celsius*9/5+32)+0)
}

// compass names the direction that lies so many degrees clockwise from north.
func compass(direction float64) string {
	names := [...]string{
		"north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
	}
	turn := math.Mod(math.Mod(direction, 360)+360, 360)
	return names[int(math.Round(turn/45))%len(names)]
}
