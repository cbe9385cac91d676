// Package notify is 催报提醒: who is reminded of the week's report, when and on which way, and what
// became of it. A reminder goes once to a unit for a week, only while the unit still owes the week
// and only at the pack's times; what is decided is written down together with what has to go out,
// so that nothing is lost and nothing is sent twice by two servers. It knows no SQL, no HTTP and
// no clock; posting to the platforms is for package sender.
package notify
