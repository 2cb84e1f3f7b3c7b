package weather

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

const (
	// candidates is how many places of a name are asked for.
	candidates = 10
	// others is how many of the places not taken are named.
	others = 3
)

// A place is one result of the geocoding service.
type place struct {
	Name        string  `json:"name"`
	Region      string  `json:"admin1,omitempty"`
	Country     string  `json:"country,omitempty"`
	CountryCode string  `json:"country_code,omitempty"`
	Latitude    float64 `json:"latitude"`
	Longitude   float64 `json:"longitude"`
}

// String is name, region and country, without repeating itself.
func (p place) String() string {
	parts := []string{p.Name}
	if p.Region != "" && p.Region != p.Name {
		parts = append(parts, p.Region)
	}
	if p.Country != "" && p.Country != p.Name {
		parts = append(parts, p.Country)
	}
	return strings.Join(parts, ", ")
}

// fits tells whether every qualifier, such as "Texas" or "US", is said of the
// place. Qualifiers are in lower case.
func (p place) fits(qualifiers []string) bool {
	said := []string{strings.ToLower(p.Region), strings.ToLower(p.Country), strings.ToLower(p.CountryCode)}
	return !slices.ContainsFunc(qualifiers, func(q string) bool {
		return !slices.ContainsFunc(said, func(s string) bool {
			return s == q || (len(q) > 3 && strings.HasPrefix(s, q))
		})
	})
}

// A location is the place taken, and others of the same name.
type location struct {
	place  place
	others []string
}

// note names the other places that could have been meant.
func (l location) note() string {
	if len(l.others) == 0 {
		return ""
	}
	return fmt.Sprintf("\nNote: %s was taken; there are also %s.", l.place, strings.Join(l.others, "; "))
}

// locate finds a city. The service lists places of a name by their importance;
// what follows a comma narrows the choice.
func (s *station) locate(ctx context.Context, city string) (location, error) {
	name, rest, _ := strings.Cut(city, ",")
	query := url.Values{
		"name": {strings.TrimSpace(name)}, "count": {fmt.Sprint(candidates)}, "language": {"en"}, "format": {"json"},
	}
	var found struct{ Results []place }
	if err := s.api.get(ctx, s.geocoding+"/v1/search", query, &found); err != nil {
		return location{}, err
	}
	if len(found.Results) == 0 {
		return location{}, fmt.Errorf("no place called %q was found; check the spelling, or name a larger town nearby", strings.TrimSpace(name))
	}
	fitting := slices.Clone(found.Results)
	if qualifiers := split(rest); len(qualifiers) > 0 {
		fitting = slices.DeleteFunc(fitting, func(p place) bool { return !p.fits(qualifiers) })
	}
	if len(fitting) == 0 {
		return location{}, fmt.Errorf("no %q was found in %q; there are %s", strings.TrimSpace(name), strings.TrimSpace(rest),
			strings.Join(distinct(found.Results, candidates), "; "))
	}
	names := distinct(fitting, others+1)
	return location{place: fitting[0], others: names[1:]}, nil
}

func split(list string) []string {
	var parts []string
	for part := range strings.SplitSeq(strings.ToLower(list), ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// distinct names the places in their order, each name once, at most limit.
func distinct(places []place, limit int) []string {
	var names []string
	for _, p := range places {
		if name := p.String(); !slices.Contains(names, name) && len(names) < limit {
			names = append(names, name)
		}
	}
	return names
}
