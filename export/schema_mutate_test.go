package export_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A mutant is a document with one change.
type mutant struct {
	name  string
	place string
	doc   any
}

// mutants returns changed copies of a document, the same ones in every run:
// all of a small document, fewer of a large one, which takes its time.
func mutants(root any, prefixes map[string]string) []mutant {
	var all []mutant
	eachValue(root, func(path []any, value any) {
		for _, change := range changes(value, prefixes) {
			all = append(all, mutant{change.name, fmt.Sprint(path), replaced(root, path, change.value)})
		}
		if len(path) == 0 {
			return
		}
		key, isMember := path[len(path)-1].(string)
		if !isMember {
			return
		}
		all = append(all,
			mutant{"deleted", fmt.Sprint(path), renamed(root, path, "")},
			mutant{"misspelt key", fmt.Sprint(path), renamed(root, path, key+"x")},
			mutant{"JSON name", fmt.Sprint(path), renamed(root, path, camel(key))},
		)
	})
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	const budget = 100_000 // values that are looked at, in all mutants together
	values := 0
	eachValue(root, func([]any, any) { values++ })
	return all[:min(len(all), max(budget/values, 10))]
}

// A change is what a value may be replaced by.
type change struct {
	name  string
	value any
}

// changes returns what a value may be replaced by.
func changes(value any, prefixes map[string]string) []change {
	all := []change{{"null", nil}}
	switch value := value.(type) {
	case string:
		all = append(all, change{"empty text", ""}, change{"long text", strings.Repeat("a", 2000)}, change{"odd text", "!a b\\"},
			change{"number for text", json.Number("99")}, change{"boolean for text", true}, change{"list for text", []any{value}}, change{"misspelt text", value + "X"})
		if prefix, ok := prefixes[value]; ok {
			short := value[len(prefix):]
			all = append(all, change{"unspecified", prefix + "UNSPECIFIED"}, change{"impossible number", json.Number("-1")},
				change{"short name", strings.ToLower(short)}, change{"loud short name", strings.ReplaceAll(short, "_", "-")})
		}
	case json.Number:
		all = append(all, change{"text for number", "many"}, change{"quoted number", value.String()}, change{"negative number", json.Number("-1")},
			change{"large number", json.Number("99999999999")}, change{"fraction", json.Number("1.5")}, change{"zero", json.Number("0")})
	case bool:
		all = append(all, change{"text for boolean", "yes"}, change{"the other boolean", !value})
	case []any:
		all = append(all, change{"empty list", []any{}}, change{"object for list", map[string]any{}}, change{"null in list", append(slices.Clone(value), nil)})
		if len(value) > 0 {
			all = append(all, change{"item twice", append(slices.Clone(value), value[0])}, change{"list for item", append(slices.Clone(value), []any{})})
		}
	case map[string]any:
		extra := copied(value).(map[string]any)
		extra["extra member"] = json.Number("1")
		all = append(all, change{"extra member", extra}, change{"empty object", map[string]any{}}, change{"text for object", "a"}, change{"list for object", []any{value}})
	}
	return all
}

// enumPrefixes returns what stands before the short name in the full name of
// each enum value of the model.
func enumPrefixes(t *testing.T) map[string]string {
	t.Helper()
	prefixes := map[string]string{}
	for _, file := range modelFiles(t) {
		for _, enum := range file.GetEnumType() {
			for _, value := range enum.GetValue() {
				prefixes[value.GetName()] = strings.TrimSuffix(enum.GetValue()[0].GetName(), "UNSPECIFIED")
			}
		}
	}
	return prefixes
}

// camel returns the JSON name of a field.
func camel(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words[1:] {
		if word != "" {
			words[i+1] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}

// eachValue calls visit for every value of a tree, members in order of keys.
func eachValue(root any, visit func(path []any, value any)) {
	var each func(path []any, value any)
	each = func(path []any, value any) {
		visit(path, value)
		switch value := value.(type) {
		case map[string]any:
			for _, key := range sortedKeys(value) {
				each(append(path[:len(path):len(path)], key), value[key])
			}
		case []any:
			for i, item := range value {
				each(append(path[:len(path):len(path)], i), item)
			}
		}
	}
	each(nil, root)
}

// replaced returns a copy of the tree with another value at path.
func replaced(root any, path []any, value any) any {
	if len(path) == 0 {
		return value
	}
	root = copied(root)
	switch key := path[0].(type) {
	case string:
		object := root.(map[string]any)
		object[key] = replaced(object[key], path[1:], value)
	case int:
		list := root.([]any)
		list[key] = replaced(list[key], path[1:], value)
	}
	return root
}

// renamed returns a copy of the tree where the member at path has another key,
// or is gone if that is empty.
func renamed(root any, path []any, key string) any {
	last := len(path) - 1
	object := copied(at(root, path[:last])).(map[string]any)
	old := path[last].(string)
	value := object[old]
	delete(object, old)
	if key != "" {
		object[key] = value
	}
	return replaced(root, path[:last], object)
}

func at(root any, path []any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			root = root.(map[string]any)[step]
		case int:
			root = root.([]any)[step]
		}
	}
	return root
}

// copied returns a shallow copy of an object or a list.
func copied(value any) any {
	switch value := value.(type) {
	case map[string]any:
		object := make(map[string]any, len(value))
		for key, member := range value {
			object[key] = member
		}
		return object
	case []any:
		return slices.Clone(value)
	}
	return value
}

func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
