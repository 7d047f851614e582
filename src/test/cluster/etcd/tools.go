//go:build tools

// Package tools names etcd, so that its version is pinned by this module.
package tools

import _ "go.etcd.io/etcd/server/v3"
