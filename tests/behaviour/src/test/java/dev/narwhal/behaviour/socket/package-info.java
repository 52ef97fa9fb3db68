/** The parts of the WAR that {@code WebSocketTest} deploys. */
@NullMarked
package dev.narwhal.behaviour.socket;

import org.jspecify.annotations.NullMarked;
