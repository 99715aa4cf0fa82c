/**
 * Whole states on their way between replicas: taken by hard links, pulled file by file, verified
 * beside the state, and installed before a replica starts. docs/storage.md has the folders.
 */
@NullMarked
package dev.ordinal.server.snapshot;

import org.jspecify.annotations.NullMarked;
