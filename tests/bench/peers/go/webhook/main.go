// The webhook of examples/admission_policy on controller-runtime.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"sigs.k8s.io/controller-runtime/pkg/webhook"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

type scaled struct {
	Spec struct {
		Replicas int64 `json:"replicas"`
	} `json:"spec"`
}

func judge(_ context.Context, request admission.Request) admission.Response {
	var object scaled
	if err := json.Unmarshal(request.Object.Raw, &object); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	if object.Spec.Replicas > 10 {
		return admission.Denied("spec.replicas must not exceed 10")
	}
	return admission.Allowed("")
}

func main() {
	mux := http.NewServeMux()
	mux.Handle("/validate", &webhook.Admission{Handler: admission.HandlerFunc(judge)})
	address := "127.0.0.1:" + os.Getenv("PORT")
	if cert := os.Getenv("CERT"); cert != "" {
		log.Fatal(http.ListenAndServeTLS(address, cert, os.Getenv("KEY"), mux))
	}
	log.Fatal(http.ListenAndServe(address, mux))
}
