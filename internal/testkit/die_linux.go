package testkit

import "syscall"

// dieWithParent stops the server when the test binary is killed before it can.
func dieWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGQUIT }
