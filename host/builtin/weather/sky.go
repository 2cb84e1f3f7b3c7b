package weather

import "fmt"

// skies puts the weather codes of the WMO (table 4677, the part that Open-Meteo
// uses) in words.
var skies = map[int]string{
	0:  "clear sky",
	1:  "mostly clear",
	2:  "partly cloudy",
	3:  "overcast",
	45: "fog",
	48: "fog with rime",
	51: "light drizzle",
	53: "drizzle",
	55: "dense drizzle",
	56: "freezing drizzle",
	57: "freezing drizzle",
	61: "light rain",
	63: "rain",
	65: "heavy rain",
	66: "freezing rain",
	67: "freezing rain",
	71: "light snow",
	73: "snow",
	75: "heavy snow",
	77: "snow grains",
	80: "light showers",
	81: "showers",
	82: "violent showers",
	85: "light snow showers",
	86: "heavy snow showers",
	95: "thunderstorm",
	96: "thunderstorm with hail",
	99: "thunderstorm with hail",
}

func sky(code int) string {
	if words, ok := skies[code]; ok {
		return words
	}
	return fmt.Sprintf("weather code %d", code)
}
