// A program on client-go: leads, follows ConfigMaps by a shared informer, and
// copies the data of "source" to "copy" until "source" is gone.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

const namespace = "default"

func main() {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	must(err)
	clients := kubernetes.NewForConfigOrDie(config)
	lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "informer",
		clients.CoreV1(), clients.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: "me"})
	must(err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock: lock, LeaseDuration: 6 * time.Second, RenewDeadline: 4 * time.Second,
		RetryPeriod: time.Second, ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) {
				fmt.Println("ok leading")
				follow(ctx, clients)
				cancel()
			},
			OnStoppedLeading: func() { fmt.Println("ok released") },
		},
	})
}

func follow(ctx context.Context, clients kubernetes.Interface) {
	maps := clients.CoreV1().ConfigMaps(namespace)
	factory := informers.NewSharedInformerFactoryWithOptions(clients, 0, informers.WithNamespace(namespace))
	informer := factory.Core().V1().ConfigMaps().Informer()
	done := make(chan struct{})
	copied := func(object any) {
		source := object.(*corev1.ConfigMap)
		if source.Name != "source" {
			return
		}
		made := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "copy"}, Data: source.Data}
		_, err := maps.Update(ctx, made, metav1.UpdateOptions{})
		if errors.IsNotFound(err) {
			_, err = maps.Create(ctx, made, metav1.CreateOptions{})
		}
		must(err)
		fmt.Printf("ok copied %s\n", source.Data["a"])
	}
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    copied,
		UpdateFunc: func(_, object any) { copied(object) },
		DeleteFunc: func(object any) {
			if gone, ok := object.(*corev1.ConfigMap); ok && gone.Name == "source" {
				close(done)
			}
		},
	})
	must(err)
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	fmt.Println("ok synced")
	source := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "source"}, Data: map[string]string{"a": "1"}}
	source, err = maps.Create(ctx, source, metav1.CreateOptions{})
	must(err)
	source.Data["a"] = "2"
	_, err = maps.Update(ctx, source, metav1.UpdateOptions{})
	must(err)
	must(maps.Delete(ctx, "source", metav1.DeleteOptions{}))
	select {
	case <-done:
	case <-ctx.Done():
		must(ctx.Err())
	}
	copied2, err := maps.Get(ctx, "copy", metav1.GetOptions{})
	must(err)
	fmt.Printf("ok deleted, copy has %s\n", copied2.Data["a"])
}

func must(err error) {
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}
