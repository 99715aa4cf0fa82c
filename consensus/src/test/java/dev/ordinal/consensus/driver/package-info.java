/** The driver, tested in its parts and with three replicas in one process. */
@NullMarked
package dev.ordinal.consensus.driver;

import org.jspecify.annotations.NullMarked;
