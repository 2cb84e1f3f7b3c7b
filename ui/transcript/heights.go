package transcript

// heights are numbers of lines as a Fenwick tree: changing one and summing up the
// rest both take logarithmic time.
type heights struct {
	sums  []int // sums[i] covers the values up to i whose number is i's lowest set bit, counted from 1
	total int
}

// zeros are n values of 0.
func zeros(n int) heights { return heights{sums: make([]int, n)} }

func (h *heights) add(v int) {
	n := len(h.sums) + 1
	sum := v
	for step := 1; step < n&-n; step <<= 1 {
		sum += h.sums[n-step-1]
	}
	h.sums = append(h.sums, sum)
	h.total += v
}

// raise adds d to a value.
func (h *heights) raise(i, d int) {
	h.total += d
	for n := i + 1; d != 0 && n <= len(h.sums); n += n & -n {
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
