package disk

// syncDir has nothing to do: Windows writes a rename through by itself.
func syncDir(string) error { return nil }
