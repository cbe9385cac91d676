//go:build !linux

package testkit

import "syscall"

// dieWithParent is left to Main where the kernel cannot do it.
func dieWithParent(*syscall.SysProcAttr) {}
