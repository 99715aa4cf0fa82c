@NullMarked
package dev.ordinal.consensus.core;

import org.jspecify.annotations.NullMarked;
