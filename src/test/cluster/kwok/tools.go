//go:build tools

// Package tools names kwok, so that its version is pinned by this module.
package tools

import _ "sigs.k8s.io/kwok/cmd/kwok"
