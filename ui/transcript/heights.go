package transcript

// heights are the items' heights as a Fenwick tree: changing one and summing up
// the rest both take logarithmic time.
type heights struct {
	values []int
	sums   []int // sums[i] covers the values up to i whose number is i's lowest set bit, counted from 1
	total  int
}

func (h *heights) add(v int) {
	h.values = append(h.values, v)
	n := len(h.values)
	sum := v
	for step := 1; step < n&-n; step <<= 1 {
		sum += h.sums[n-step-1]
	}
	h.sums = append(h.sums, sum)
	h.total += v
}

func (h *heights) at(i int) int {
	if i < 0 || i >= len(h.values) {
		return 0
	}
	return h.values[i]
}

func (h *heights) set(i, v int) {
	d := v - h.values[i]
	if d == 0 {
		return
	}
	h.values[i] = v
	h.total += d
	for n := i + 1; n <= len(h.sums); n += n & -n {
		h.sums[n-1] += d
	}
}

// from sums the values from i to the end.
func (h *heights) from(i int) int {
	sum := h.total
	for n := i; n > 0; n -= n & -n {
		sum -= h.sums[n-1]
	}
	return sum
}
