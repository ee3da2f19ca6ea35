// Prints what the OpenAPI document of the server does not tell of the Go types
// behind the built-in kinds, as JSON by definition: the order of their fields,
// which of them are always written, which are left out when they are zero, and
// the names of their types.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	crds "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	services "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// Fields of one definition.
type fields struct {
	// Written even if they hold nothing.
	Always []string `json:"always,omitempty"`
	// Left out if they hold the zero value.
	Nonzero []string `json:"nonzero,omitempty"`
	// All, in the order in which they are written.
	Order []string `json:"order"`
	// Types of scalars, lists and maps that have names of their own.
	Types map[string]string `json:"types,omitempty"`
}

var found = map[string]*fields{}

func main() {
	types := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		scheme.AddToScheme, crds.AddToScheme, services.AddToScheme,
	} {
		if err := add(types); err != nil {
			panic(err)
		}
	}
	for _, kind := range types.AllKnownTypes() {
		visit(kind)
	}
	for name, of := range found {
		if len(of.Order) == 0 {
			delete(found, name)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}

var marshaler = reflect.TypeOf((*json.Marshaler)(nil)).Elem()

func visit(of reflect.Type) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		visit(of.Elem())
		return
	case reflect.Struct:
	default:
		return
	}
	if reflect.PointerTo(of).Implements(marshaler) {
		return
	}
	name := definitionName(of)
	if found[name] != nil || !strings.HasPrefix(name, "io.k8s.") {
		return
	}
	result := &fields{Types: map[string]string{}}
	found[name] = result
	collect(of, result)
	sort.Strings(result.Always)
	sort.Strings(result.Nonzero)
}

func collect(of reflect.Type, into *fields) {
	for index := range of.NumField() {
		field := of.Field(index)
		tag := strings.Split(field.Tag.Get("json"), ",")
		name, options := tag[0], tag[1:]
		if name == "-" || !field.IsExported() {
			continue
		}
		if name == "" {
			if field.Anonymous {
				collect(field.Type, into)
			}
			continue
		}
		visit(field.Type)
		into.Order = append(into.Order, name)
		if bare := bare(field.Type); bare.Kind() != reflect.Struct && strings.Contains(bare.String(), ".") {
			into.Types[name] = bare.String()
		}
		omits := has(options, "omitempty") && field.Type.Kind() != reflect.Struct
		switch {
		case !omits && !has(options, "omitzero"):
			into.Always = append(into.Always, name)
		case isScalar(field.Type):
			into.Nonzero = append(into.Nonzero, name)
		}
	}
}

func bare(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}

func isScalar(of reflect.Type) bool {
	switch of.Kind() {
	case reflect.Struct, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return false
	}
	return true
}

func has(options []string, wanted string) bool {
	for _, option := range options {
		if option == wanted {
			return true
		}
	}
	return false
}

// As the OpenAPI document names a type: k8s.io/api/core/v1 is io.k8s.api.core.v1.
func definitionName(of reflect.Type) string {
	host, path, _ := strings.Cut(of.PkgPath(), "/")
	parts := strings.Split(host, ".")
	for left, right := 0, len(parts)-1; left < right; left, right = left+1, right-1 {
		parts[left], parts[right] = parts[right], parts[left]
	}
	return strings.Join(parts, ".") + "." + strings.ReplaceAll(path, "/", ".") + "." + of.Name()
}
