/**
 * What operators and their tools look at: metrics, health and readiness over HTTP. The only place
 * that knows Micrometer. It reads what the server counts anyway and decides nothing for it.
 */
@NullMarked
package dev.ordinal.server.metrics;

import org.jspecify.annotations.NullMarked;
