package workbook

import (
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// HeadOf is the head of the sheet that is a town's own; the empty Head when there is none.
func (r *Reading) HeadOf(town unit.Code) ledger.Head {
	for i := range r.Parts {
		if r.Parts[i].Town == town {
			return r.Parts[i].Head
		}
	}
	return ledger.Head{}
}
