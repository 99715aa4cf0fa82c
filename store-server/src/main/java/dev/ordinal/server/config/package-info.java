/** What an operator says: members, directories, listeners, timings and limits, as values. */
@NullMarked
package dev.ordinal.server.config;

import org.jspecify.annotations.NullMarked;
