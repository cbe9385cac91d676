package record

import (
	"github.com/sangzi/sangzi/internal/problem"
)

var (
	// ErrKind: the campaign has no such kind of record.
	ErrKind = problem.New(problem.Invalid, "record.kind")
	// ErrPlace: the unit does not exist on that day, or the kind is not done at its level.
	ErrPlace = problem.New(problem.Invalid, "record.place")
	// ErrNone: there is no such record, or not for this actor.
	ErrNone = problem.New(problem.NotFound, "record.none")
	// ErrMoved: somebody else has written a version in the meantime.
	ErrMoved = problem.New(problem.Conflict, "record.moved")
	// ErrWithdrawn: a withdrawn record takes no change; it is entered anew.
	ErrWithdrawn = problem.New(problem.Conflict, "record.withdrawn")
	// ErrReason: a correction, a withdrawal and an objection want a word why.
	ErrReason = problem.New(problem.Invalid, "record.reason")
	// ErrNotYours: the record was entered by a unit above; the village objects instead.
	ErrNotYours = problem.New(problem.Forbidden, "record.not_yours")
	// ErrApproval: the kind needs no approval, or the record has it.
	ErrApproval = problem.New(problem.Conflict, "record.approval")
	// ErrCheck: the kind is not checked by the county.
	ErrCheck = problem.New(problem.Conflict, "record.check")
	// ErrVerdict: neither agreed nor remarks.
	ErrVerdict = problem.New(problem.Invalid, "record.verdict")
	// ErrOwn: what was entered by the village itself is withdrawn, not objected to.
	ErrOwn = problem.New(problem.Conflict, "record.own")
	// ErrSent: the form has been sent before, saying something else. {id, said}
	ErrSent = problem.New(problem.Conflict, "record.sent")
	// ErrNoPhotos: the kind of record takes none. {kind}
	ErrNoPhotos = problem.New(problem.Invalid, "record.photos_none")
	// ErrNoPhoto: there is no such photo, or not for this actor.
	ErrNoPhoto = problem.New(problem.NotFound, "record.no_photo")
	// ErrPhotoTaken: it belongs to another record already.
	ErrPhotoTaken = problem.New(problem.Conflict, "record.photo_taken")
	// ErrWaiting: the account has handed in too many photos that no record has taken. {max}
	ErrWaiting = problem.New(problem.Conflict, "record.photos_waiting")
	// ErrNotAnswerer: who entered the record answers, or a unit above.
	ErrNotAnswerer = problem.New(problem.Forbidden, "record.not_answerer")
	// ErrNoObjection: there is none that waits for an answer.
	ErrNoObjection = problem.New(problem.Conflict, "record.no_objection")
	// ErrNothingPointed: nothing in it is still to be looked at.
	ErrNothingPointed = problem.New(problem.Conflict, "record.nothing_pointed")
	// ErrShape: what is kept of a sketch map cannot be read.
	ErrShape = problem.New(problem.Invalid, RowShape)
	// ErrFaults: fields are wrong; the list is in Faults.
	ErrFaults = problem.New(problem.Invalid, "record.faults")
)

// The codes of what can be wrong with one field, beside those of ledger.Parse.
const (
	FieldMissing = "record.field_missing" // must be filled
	FieldUnknown = "record.field_unknown" // the kind has no such field
	FieldChoice  = "record.field_choice"  // none of the choices
	FieldLong    = "record.field_long"    // longer than is kept
	FieldSpecies = "record.field_species" // not kinds of trees with their counts
	SpeciesSum   = "record.species_sum"   // they do not add up
	RowsUnread   = "record.rows_unread"   // not a table of the field's columns
	RowsMany     = "record.rows_many"     // more lines than are kept
	RowsSum      = "record.rows_sum"      // a figure that was typed is not what its table comes to
	RowsMax      = "record.rows_max"      // what a table comes to is absurd
	RowShape     = "record.row_shape"     // not drawn inside the map, or of too many points
	DayUnread    = "record.day_unread"    // not a day
	DayEarly     = "record.day_early"     // before the campaign
	DayFar       = "record.day_far"       // more than a year ahead
	UntilEarly   = "record.until_early"   // ends before it begins
	UntilNone    = "record.until_none"    // the kind has no end
	PlaceMissing = "record.place_missing" // no village or town is named
	PlaceUnknown = "record.place_unknown" // none of that name there
	PlaceUnclear = "record.place_unclear" // several of that name

	PhotosNone      = "record.photos_none"       // the kind takes none
	PhotosMany      = "record.photos_many"       // more than a record has
	PhotoTwice      = "record.photo_twice"       // one is named twice
	PhotoGone       = "record.photo_gone"        // forgotten, or not handed in for such a record by this account
	PhotoTaken      = "record.photo_taken"       // belongs to another record
	PositionNone    = "record.position_none"     // the kind has no position
	PositionHalf    = "record.position_half"     // one of the two is missing
	PositionUnread  = "record.position_unread"   // no degrees
	PositionSwapped = "record.position_swapped"  // latitude and longitude, the other way round
	PositionAbroad  = "record.position_abroad"   // nowhere near China
	PositionNoPhoto = "record.position_no_photo" // no photo says where it was taken
)

// What faults call that which every kind has beside its own fields; no field is called so.
const (
	DayField   = "day"
	UntilField = "until"
	WithField  = "took_part"
	PlaceField = "place_of_record"

	PhotosField   = "photos"
	PositionField = "position"
)

// The codes of what is pointed out and never refused.
const (
	FutureDay = "record.future_day" // the day is still to come
	Unusual   = "record.unusual"    // far above what this village has recorded, or the pack calls large
	Again     = "record.again"      // the same figures on the same day already

	SamePhoto       = "record.same_photo"       // a photo equals one of another place or day
	PhotoDay        = "record.photo_day"        // a photo was taken on another day
	PhotoFar        = "record.photo_far"        // a photo was taken far away
	PositionOutside = "record.position_outside" // the position lies outside the county
)

// Fault is one thing that is wrong at one field; field "" is the whole record.
type Fault struct {
	Field  string
	Code   string
	Params problem.Params
}

// Faults are the faults behind an ErrFaults.
type Faults struct {
	Problem *problem.Problem
	List    []Fault
}

// Error gives the problem's code.
func (f *Faults) Error() string { return f.Problem.Error() }

// Unwrap makes errors.Is and problem.Of see the problem.
func (f *Faults) Unwrap() error { return f.Problem }

func newFaults(list []Fault) *Faults {
	return &Faults{Problem: ErrFaults.With("count", len(list)), List: list}
}
