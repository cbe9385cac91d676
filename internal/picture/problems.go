package picture

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrTooLarge: more bytes than are read. {mib}
	ErrTooLarge = problem.New(problem.Invalid, "picture.too_large")
	// ErrTooManyPixels: more pixels than are decoded. {width, height}
	ErrTooManyPixels = problem.New(problem.Invalid, "picture.too_many_pixels")
	// ErrTooSmall: too few pixels to show anything.
	ErrTooSmall = problem.New(problem.Invalid, "picture.too_small")
	// ErrHEIC: the form iPhones keep, which is not read.
	ErrHEIC = problem.New(problem.Invalid, "picture.heic")
	// ErrAnimated: a moving picture.
	ErrAnimated = problem.New(problem.Invalid, "picture.animated")
	// ErrType: neither JPEG, PNG nor WebP.
	ErrType = problem.New(problem.Invalid, "picture.type")
	// ErrBroken: cut off or damaged.
	ErrBroken = problem.New(problem.Invalid, "picture.broken")
	// ErrSlow: it took longer than a picture may, or the program has too much to do.
	ErrSlow = problem.New(problem.Unavailable, "picture.slow")
)
