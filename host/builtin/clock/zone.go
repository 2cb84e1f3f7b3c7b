package clock

import (
	_ "embed"
	"fmt"
	"maps"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a machine without its own copy must do, too

	"switchboard/host/near"
)

// suggestions is how many near zones an error offers.
const suggestions = 3

// zoneNames is every name in the IANA database as Go 1.26 carries it.
//
//go:embed zones.txt
var zoneNames string

// cityNames are places by which people mean a zone.
//
//go:embed cities.txt
var cityNames string

// offsetForm is a bare offset such as +02:00, UTC-5 or GMT+0530.
var offsetForm = regexp.MustCompile(`^(?i:utc|gmt)?\s*([+\-−])(\d{1,2})(?::?(\d{2}))?$`)

// accents maps the letters of place names to the plain ones of the database.
var accents = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c", "é", "e", "è", "e", "ê", "e",
	"í", "i", "ï", "i", "ł", "l", "ñ", "n", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "ś", "s",
	"ú", "u", "ü", "u", "ý", "y", "ž", "z", "_", " ", "-", " ", ".", "",
)

// fold is the form in which names are compared.
func fold(name string) string {
	return strings.Join(strings.Fields(accents.Replace(strings.ToLower(name))), " ")
}

// zones maps folded names of zones and places to names of zones.
type zones map[string]string

func readZones() zones {
	z := zones{}
	for name := range strings.Lines(zoneNames) {
		name = strings.TrimSpace(name)
		z[fold(name)] = name
		if place := lastPart(name); place != "" {
			z.addPlace(place, name)
		}
	}
	for line := range strings.Lines(cityNames) {
		if place, zone, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			z.addPlace(place, zone)
		}
	}
	return z
}

func (z zones) addPlace(place, zone string) {
	if _, taken := z[fold(place)]; !taken {
		z[fold(place)] = zone
	}
}

// lastPart is the city in a zone's name. The names under Etc have their signs
// the wrong way round (Etc/GMT+5 is west), and the national groups repeat words
// such as Eastern that people mean as in the United States.
func lastPart(zone string) string {
	for _, group := range []string{"Etc/", "Canada/", "Brazil/", "Chile/", "Mexico/"} {
		if strings.HasPrefix(zone, group) {
			return ""
		}
	}
	i := strings.LastIndexByte(zone, '/')
	if i < 0 {
		return ""
	}
	return zone[i+1:]
}

// find gives the zone that a person means: an IANA name, a city, a country with
// one zone, an offset, or nothing at all for the zone of this machine.
func (c *clock) find(name string) (*time.Location, error) {
	if key := fold(name); key == "" || key == "local" {
		return c.local, nil
	}
	if zone, ok := fixedZone(strings.TrimSpace(name)); ok {
		return zone, nil
	}
	city, _, _ := strings.Cut(name, ",")
	for _, try := range []string{name, city, strings.TrimSuffix(fold(name), " time")} {
		if zone, ok := c.zones[fold(try)]; ok {
			return time.LoadLocation(zone)
		}
	}
	err := fmt.Errorf("there is no time zone or known city %q", name)
	if names := near.Names(fold(name), maps.All(c.zones), suggestions); len(names) > 0 {
		return nil, fmt.Errorf("%w; did you mean %s?", err, strings.Join(names, ", "))
	}
	return nil, fmt.Errorf("%w; give an IANA name such as Europe/Berlin, or an offset such as +02:00", err)
}

func fixedZone(text string) (*time.Location, bool) {
	m := offsetForm.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi("0" + m[3])
	if hours > 14 || minutes > 59 {
		return nil, false
	}
	sign, seconds := "+", hours*3600+minutes*60
	if m[1] != "+" {
		sign, seconds = "-", -seconds
	}
	return time.FixedZone(fmt.Sprintf("UTC%s%02d:%02d", sign, hours, minutes), seconds), true
}

// Local is the zone of this machine, with its IANA name where the machine tells
// it; time.Local only says "Local".
func Local() *time.Location {
	if time.Local.String() != "Local" {
		return time.Local
	}
	target, err := os.Readlink("/etc/localtime")
	if err != nil {
		return time.Local
	}
	_, name, ok := strings.Cut(target, "zoneinfo/")
	if !ok {
		return time.Local
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.Local
	}
	return zone
}
