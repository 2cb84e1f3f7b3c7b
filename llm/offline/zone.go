package offline

import (
	"maps"
	"strings"
	"sync"

	"switchboard/llm/find"
)

// zones are IANA time zones that people name by their city.
var zones = zonesByCity(`
	Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Africa/Nairobi
	America/Anchorage America/Bogota America/Buenos_Aires America/Caracas America/Chicago America/Denver
	America/Halifax America/Havana America/Lima America/Los_Angeles America/Mexico_City America/Montevideo
	America/New_York America/Phoenix America/Santiago America/Sao_Paulo America/Toronto America/Vancouver
	Asia/Baghdad Asia/Baku Asia/Bangkok Asia/Colombo Asia/Dhaka Asia/Dubai Asia/Ho_Chi_Minh Asia/Hong_Kong
	Asia/Jakarta Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Kuala_Lumpur
	Asia/Manila Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tashkent Asia/Tbilisi
	Asia/Tehran Asia/Tokyo Asia/Vladivostok Asia/Yerevan Atlantic/Azores Atlantic/Reykjavik
	Australia/Adelaide Australia/Brisbane Australia/Melbourne Australia/Perth Australia/Sydney
	Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Brussels Europe/Bucharest
	Europe/Budapest Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul Europe/Kyiv
	Europe/Lisbon Europe/London Europe/Luxembourg Europe/Madrid Europe/Moscow Europe/Oslo Europe/Paris
	Europe/Prague Europe/Riga Europe/Rome Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Vienna
	Europe/Vilnius Europe/Warsaw Europe/Zagreb Europe/Zurich
	Pacific/Auckland Pacific/Fiji Pacific/Honolulu`, map[string]string{
	"san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "boston": "America/New_York",
	"washington": "America/New_York", "miami": "America/New_York", "houston": "America/Chicago",
	"dallas": "America/Chicago", "montreal": "America/Toronto", "rio": "America/Sao_Paulo",
	"beijing": "Asia/Shanghai", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "new delhi": "Asia/Kolkata",
	"bangalore": "Asia/Kolkata", "osaka": "Asia/Tokyo", "tel aviv": "Asia/Jerusalem", "hanoi": "Asia/Bangkok",
	"munich": "Europe/Berlin", "hamburg": "Europe/Berlin", "geneva": "Europe/Zurich", "milan": "Europe/Rome",
	"barcelona": "Europe/Madrid", "edinburgh": "Europe/London", "bergen": "Europe/Oslo", "kiev": "Europe/Kyiv",
	"wellington": "Pacific/Auckland", "canberra": "Australia/Sydney", "utc": "UTC", "gmt": "UTC",
})

// zonesByCity reads the names when a zone is first asked for.
func zonesByCity(names string, more map[string]string) func() map[string]string {
	return sync.OnceValue(func() map[string]string {
		out := map[string]string{}
		for _, zone := range strings.Fields(names) {
			_, city, _ := strings.Cut(zone, "/")
			out[strings.ToLower(strings.ReplaceAll(city, "_", " "))] = zone
		}
		maps.Copy(out, more)
		return out
	})
}

// zone finds a time zone: as IANA writes it, or by a city or "UTC". A place that
// is not in the table goes out as it was said, for the server to judge.
func (f *filler) zone(p param) (string, bool) {
	if s, ok := f.takePlace(destinations[p.name]); ok {
		return zoneOf(s), true
	}
	for _, w := range find.Words(f.text) {
		if w == "utc" || w == "gmt" {
			return zones()[w], true
		}
	}
	if s, ok := f.placeTail(); ok && zones()[strings.ToLower(s)] != "" {
		return zoneOf(s), true
	}
	return "", false
}

// destinations are the parameters that want the later of two places.
var destinations = setOf("to target target_timezone to_timezone destination")

// takePlace uses up the first free place, or the last one.
func (f *filler) takePlace(last bool) (string, bool) {
	found := -1
	for i, e := range f.entities {
		place := (e.kind == name || e.kind == path) && !calendarWords[strings.ToLower(e.text)]
		if place && !f.used[i] && (found < 0 || last) {
			found = i
		}
	}
	if found < 0 {
		return "", false
	}
	f.used[found] = true
	return f.entities[found].text, true
}

func zoneOf(place string) string {
	if zone, ok := zones()[strings.ToLower(place)]; ok {
		return zone
	}
	return place
}
