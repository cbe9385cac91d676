// Package feedback is 投诉与建议: what anybody, signed in or not, tells the offices, and what they
// answer. Who sends something gets a reference with which the answer can be looked up without
// an account. It knows no SQL and no pages; how often somebody may send is for the pages.
package feedback
