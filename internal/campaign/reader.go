package campaign

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// maxSize is the largest pack that is read, in bytes.
const maxSize = 1 << 20

// value is a node of the file with its place; the zero node stands for a missing value.
type value struct {
	node *yaml.Node
	at   place
	out  *faults
}

// mapping is a value that was found to be a mapping; it remembers which fields were asked
// for, so that the others can be reported as unknown.
type mapping struct {
	value
	fields map[string]*yaml.Node
	lines  map[string]int
	asked  map[string]bool
	order  []string
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// parse reads the one document of a file. Anchors and aliases are refused: a pack is read by
// people, and they make a small file large.
func parse(data []byte, out *faults) (value, bool) {
	top := place{line: 1}
	if len(data) > maxSize {
		out.add(top, "文件超过 %d KB，不是行动包", maxSize>>10)
		return value{}, false
	}
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			out.add(top, "文件是空的")
			return value{}, false
		}
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			top.line, _ = strconv.Atoi(m[1]) // digits by the pattern; too many of them leave 0
		}
		out.add(top, "YAML 语法不对：%s", strings.TrimPrefix(err.Error(), "yaml: "))
		return value{}, false
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		out.add(place{line: max(more.Line, 1)}, "一个文件只能有一份行动包")
		return value{}, false
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		out.add(top, "文件是空的")
		return value{}, false
	}
	if n := reference(doc.Content[0]); n != nil {
		out.add(place{line: n.Line}, "不支持锚点（&）和引用（*）")
		return value{}, false
	}
	return value{doc.Content[0], place{line: doc.Content[0].Line}, out}, true
}

// reference finds the first anchor or alias below n.
func reference(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, c := range n.Content {
		if r := reference(c); r != nil {
			return r
		}
	}
	return nil
}

func (v value) fault(format string, args ...any) { v.out.add(v.at, format, args...) }

// present tells whether the value stands in the file and is not null.
func (v value) present() bool { return v.node != nil && v.node.Tag != "!!null" }

// mapping reads the value as a mapping; a wrong kind is reported and read as an empty one.
func (v value) mapping() *mapping {
	m := &mapping{value: v, fields: map[string]*yaml.Node{}, lines: map[string]int{}, asked: map[string]bool{}}
	if v.node == nil {
		return m
	}
	if v.node.Kind != yaml.MappingNode {
		v.fault("应当是若干“字段: 值”")
		return m
	}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		k := v.node.Content[i]
		if _, twice := m.fields[k.Value]; twice {
			v.out.add(place{k.Line, join(v.at.field, k.Value)}, "字段写了两次，第一次在第 %d 行", m.lines[k.Value])
			continue
		}
		m.fields[k.Value], m.lines[k.Value] = v.node.Content[i+1], k.Line
		m.order = append(m.order, k.Value)
	}
	return m
}

// get is the field's value, missing or not.
func (m *mapping) get(name string) value {
	m.asked[name] = true
	at := place{m.at.line, join(m.at.field, name)}
	n, ok := m.fields[name]
	if !ok {
		return value{nil, at, m.out}
	}
	at.line = m.lines[name]
	return value{n, at, m.out}
}

// need is get, reporting a missing or empty field.
func (m *mapping) need(name string) value {
	v := m.get(name)
	if m.node != nil && m.node.Kind == yaml.MappingNode && (!v.present() || v.node.Kind == yaml.ScalarNode && v.node.Value == "") {
		v.fault("必须填写")
		v.node = nil
	}
	return v
}

// end reports the fields nobody asked for.
func (m *mapping) end() {
	for _, name := range m.order {
		if !m.asked[name] {
			m.out.add(place{m.lines[name], join(m.at.field, name)}, "没有这个字段")
		}
	}
}

// list reads the value as a list; missing reads as an empty one.
func (v value) list() []value {
	if !v.present() {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		v.fault("应当是列表")
		return nil
	}
	items := make([]value, len(v.node.Content))
	for i, n := range v.node.Content {
		items[i] = value{n, place{n.Line, fmt.Sprintf("%s[%d]", v.at.field, i)}, v.out}
	}
	return items
}

// text reads the value as one trimmed text; missing reads as empty.
func (v value) text() string {
	if !v.present() {
		return ""
	}
	if v.node.Kind != yaml.ScalarNode {
		v.fault("应当是文字")
		return ""
	}
	return strings.TrimSpace(v.node.Value)
}

// texts reads a list of texts, none empty.
func (v value) texts() []string {
	var all []string
	for _, item := range v.list() {
		t := item.text()
		if t == "" {
			item.fault("不能是空的")
			continue
		}
		all = append(all, t)
	}
	return all
}

// flag reads true or false; missing reads as false.
func (v value) flag() bool {
	switch t := v.text(); t {
	case "true":
		return true
	case "false", "":
	default:
		v.fault("应当是 true 或 false，不是 %q", t)
	}
	return false
}

// number reads a whole number from 0 to most; missing reads as 0. Thousands may be set off
// with underscores.
func (v value) number(most int64) int64 {
	t := v.text()
	if t == "" {
		return 0
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(t, "_", ""), 10, 64)
	if err != nil || n < 0 || n > most {
		v.fault("应当是 0 到 %d 的整数，不是 %q", most, t)
		return 0
	}
	return n
}

// oneOf reads one of the allowed words.
func oneOf[T ~string](v value, allowed ...T) T {
	t := T(v.text())
	if v.node == nil {
		return ""
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		if a == t {
			return t
		}
		words[i] = string(a)
	}
	v.fault("应当是 %s 之一，不是 %q", strings.Join(words, "、"), string(t))
	return ""
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
