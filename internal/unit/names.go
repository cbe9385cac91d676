package unit

// oddNames will be filled when names are first looked up.
type oddNames struct{}
