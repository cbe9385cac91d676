// Package testkit is what the tests of several wings need: databases of both engines, a clock
// that is set by hand, and the cast. Nothing outside tests imports it, and it knows no wing.
//
// A package whose tests use a database has one line of set-up:
//
//	func TestMain(m *testing.M) { testkit.Main(m) }
//
// SQLite databases are files in the test's own folder. PostgreSQL is the server that
// SANGZI_TEST_POSTGRES names (postgres://…, a role that may create databases), else a cluster
// of its own that the test binary starts when the first test asks for one and stops at its end.
// Where there is no PostgreSQL the tests fail; SANGZI_SKIP_POSTGRES=1 skips them instead.
package testkit
