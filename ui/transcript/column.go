package transcript

// An entry is a place for an item. It has none before it is made.
type entry struct {
	item
	gap   int // empty lines before the item
	lines int // with the gap; an estimate until it is laid out
}

// blockSize is how many places are kept together.
const blockSize = 128

// A column is the items in their order, with the sums of their lines. Blocks of it
// that were never looked at take no memory, so that a long one is made as fast as a
// short one.
type column struct {
	n           int
	blocks      []*[blockSize]entry
	lines, made heights // by block: their lines, and how many items were made
}

// newColumn has n places for items that are yet to be made.
func newColumn(n int) column {
	blocks := (n + blockSize - 1) / blockSize
	return column{n: n, blocks: make([]*[blockSize]entry, blocks), lines: zeros(blocks), made: zeros(blocks)}
}

// at is a place, with an item or without.
func (c *column) at(i int) *entry {
	b := c.blocks[i/blockSize]
	if b == nil {
		b = new([blockSize]entry)
		c.blocks[i/blockSize] = b
	}
	return &b[i%blockSize]
}

// item is what stands at a place; nil when it was not made yet.
func (c *column) item(i int) item {
	if b := c.blocks[i/blockSize]; b != nil {
		return b[i%blockSize].item
	}
	return nil
}

// add appends an item.
func (c *column) add(e entry) {
	if c.n == len(c.blocks)*blockSize {
		c.blocks = append(c.blocks, nil)
		c.lines.add(0)
		c.made.add(0)
	}
	c.n++
	c.put(c.n-1, e)
}

// put gives a place its item.
func (c *column) put(i int, e entry) {
	old := c.at(i)
	if old.item == nil {
		c.made.raise(i/blockSize, 1)
	}
	c.lines.raise(i/blockSize, e.lines-old.lines)
	*old = e
}

// measured notes how many lines an item has.
func (c *column) measured(i, lines int) {
	e := c.at(i)
	c.lines.raise(i/blockSize, lines-e.lines)
	e.lines = lines
}

// from counts the lines from a place to the end. Items that were not made yet are
// taken to be as long as the others are.
func (c *column) from(i int) int {
	b := i / blockSize
	if b >= len(c.blocks) {
		return 0
	}
	lines, made := c.lines.from(b+1), c.made.from(b+1)
	if block := c.blocks[b]; block != nil {
		for _, e := range block[i%blockSize:] {
			lines += e.lines
			if e.item != nil {
				made++
			}
		}
	}
	return lines + (c.n-i-made)*c.lines.total/max(c.made.total, 1)
}
