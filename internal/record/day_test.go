package record

import (
	"testing"

	"github.com/sangzi/sangzi/internal/date"
)

func TestParseDay(t *testing.T) {
	today := date.MustParse("2024-01-20")
	for text, want := range map[string]string{
		"2024-03-24": "2024-03-24", "2024/3/4": "2024-03-04", "2024.3.4": "2024-03-04", "2024年3月4日": "2024-03-04", " ２０２４年３月４日 ": "2024-03-04",
		"20240304": "2024-03-04", "2024-01-12 00:00:00": "2024-01-12", "1月12日": "2024-01-12", "1月12号": "2024-01-12", "1.12": "2024-01-12",
		"12月30日": "2023-12-30", "2月20日": "2024-02-20", "2月21日": "2023-02-21", "2024-02-29": "2024-02-29",
		"2024-02-30": "", "2月30日": "", "13月1日": "", "2024": "", "昨天": "", "": "", "24-3-4": "", "2024-03-24 08:30:00": "", "00000000": "",
	} {
		got, ok := ParseDay(text, today)
		if got.String() != want && ok || ok != (want != "") {
			t.Errorf("%q: %s %v, want %s", text, got, ok, want)
		}
	}
}

// The fields that every record has are called as the campaign forbids its own to be called.
func TestFieldsOfEveryRecord(t *testing.T) {
	for _, kind := range pack.Records.Kinds {
		for _, key := range []string{DayField, UntilField, WithField, PlaceField} {
			if _, ok := kind.Field(key); ok {
				t.Errorf("%s has a field %s", kind.Key, key)
			}
		}
	}
}
