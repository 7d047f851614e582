/// What a resource tree shows of an object, judged from the object alone: facts for people, images, and how traffic
/// finds it.
@NullMarked
package io.driftless.tree;

import org.jspecify.annotations.NullMarked;
