package campaign_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
)

// Every ground, every word that is read alike and the form of annex 3 is a question with a key of
// its own, at the line where it stands; those of the pack that say so wait.
func TestQuestions(t *testing.T) {
	data, err := os.ReadFile("pack/dangqihong-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	pack := campaign.Default()
	seen, waiting := map[string]bool{}, 0
	for _, q := range pack.Questions() {
		if seen[q.Key] || q.Key == "" || q.Words == "" || q.Reads == "" || q.Print == "" {
			t.Errorf("%+v", q)
		}
		seen[q.Key] = true
		line := lines[q.Line-1]
		field := q.Field[strings.LastIndex(q.Field, ".")+1:]
		if !strings.Contains(line, field+":") || q.Waiting != strings.Contains(line, "待确认") {
			t.Errorf("%s is said to stand in line %d as %s: %s", q.Key, q.Line, q.Field, line)
		}
		if q.Waiting {
			waiting++
		}
		if strings.Contains(q.Wording(), "有待确认") {
			t.Errorf("%s: the mark is part of %s", q.Key, q.Wording())
		}
	}
	grounds := 1 + len(pack.Readings)
	for _, task := range pack.Tasks {
		if task.Ground != "" {
			grounds++
		}
	}
	for _, d := range pack.Duties() {
		for _, x := range d.Demands {
			if x.Ground != "" {
				grounds++
			}
		}
	}
	marked := 0
	for _, line := range lines {
		if line = strings.TrimSpace(line); strings.Contains(line, "待确认") && !strings.HasPrefix(line, "#") {
			marked++
		}
	}
	if len(seen) != grounds || waiting != marked || marked < 15 {
		t.Errorf("%d questions of %d, %d wait of %d", len(seen), grounds, waiting, marked)
	}
}

func TestUnmarked(t *testing.T) {
	for ground, want := range map[string]string{
		"“一批”没有数目，每个村有一处即算。有待确认。": "“一批”没有数目，每个村有一处即算。", "暑假7月、8月。有待确认，每年增补。": "暑假7月、8月。每年增补。",
		"以清单为准，有待确认。": "以清单为准。", "每个单位至少一片。": "每个单位至少一片。", "": "",
	} {
		if got := campaign.Unmarked(ground); got != want {
			t.Errorf("%q unmarked is %q, want %q", ground, got, want)
		}
	}
}

// Words that are read alike throughout are known by themselves and stand once.
func TestWordsStandOnce(t *testing.T) {
	data, err := os.ReadFile("pack/dangqihong-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = campaign.Load("twice.yaml", bytes.Replace(data, []byte("words: 某月中旬前"), []byte("words: 某月上旬前"), 1))
	if err == nil || !strings.Contains(err.Error(), `"某月上旬前" 写了两次`) {
		t.Errorf("the same words twice: %v", err)
	}
}

// The fingerprints of the other readings stay when one is changed.
func TestOnlyWhatIsChangedAsksAgain(t *testing.T) {
	data, err := os.ReadFile("pack/dangqihong-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for old, want := range map[string]string{
		"reads: 到当月10日，当天算在内": "words.某月上旬前", "未写数目，每个镇街一条（片）。": "26.belt",
		"{key: late, title: 逾期报送,": "statistics", "时限空白，同第29项，有待确认。": "30",
	} {
		if bytes.Count(data, []byte(old)) != 1 {
			t.Fatalf("%s stands %d times", old, bytes.Count(data, []byte(old)))
		}
		p, err := campaign.Load("changed.yaml", bytes.Replace(data, []byte(old), []byte(strings.Replace(old, "逾期", "迟到", 1)+map[bool]string{true: "", false: "改"}[strings.Contains(old, "逾期")]), 1))
		if err != nil {
			t.Fatal(err)
		}
		var other []string
		for _, q := range p.Questions() {
			if was, ok := campaign.Default().Question(q.Key); !ok || was.Print != q.Print {
				other = append(other, q.Key)
			}
		}
		if len(other) != 1 || other[0] != want {
			t.Errorf("%s: %v ask again, want %s", old, other, want)
		}
	}
}
