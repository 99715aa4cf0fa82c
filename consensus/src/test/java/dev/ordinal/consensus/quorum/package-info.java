@NullMarked
package dev.ordinal.consensus.quorum;

import org.jspecify.annotations.NullMarked;
