/** Sockets: addresses, event loops and listeners, the same for clients and peers. */
@NullMarked
package dev.ordinal.server.net;

import org.jspecify.annotations.NullMarked;
