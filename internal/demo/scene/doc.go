// Package scene draws the demonstration's photographs: invented plantings at a hillside, along a
// road, in a yard, by a pond. The same scene is always the same picture, two scenes never look
// alike, and every picture says in its corner that it is invented.
//
// It knows trees and weather, and nothing of records. Lengths are parts of a picture's height: a
// picture is 4/3 wide and 1 high whatever its pixels, and y grows downward.
package scene
