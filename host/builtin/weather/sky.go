package weather

import "fmt"

// sky puts a weather code of the WMO (table 4677, the part that Open-Meteo uses)
// in words.
func sky(code int) string {
	switch code {
	case 0:
		return "clear sky"
	case 1:
		return "mostly clear"
	case 2:
		return "partly cloudy"
	case 3:
		return "overcast"
	case 45:
		return "fog"
	case 48:
		return "fog with rime"
	case 51:
		return "light drizzle"
	case 53:
		return "drizzle"
	case 55:
		return "dense drizzle"
	case 56, 57:
		return "freezing drizzle"
	case 61:
		return "light rain"
	case 63:
		return "rain"
	case 65:
		return "heavy rain"
	case 66, 67:
		return "freezing rain"
	case 71:
		return "light snow"
	case 73:
		return "snow"
	case 75:
		return "heavy snow"
	case 77:
		return "snow grains"
	case 80:
		return "light showers"
	case 81:
		return "showers"
	case 82:
		return "violent showers"
	case 85:
		return "light snow showers"
	case 86:
		return "heavy snow showers"
	case 95:
		return "thunderstorm"
	case 96, 99:
		return "thunderstorm with hail"
	}
	return fmt.Sprintf("weather code %d", code)
}
