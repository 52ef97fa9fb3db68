/**
 * What must hold when processes die, releases are replaced and clients misbehave, all under load. One class after the
 * other, so that measured times mean something.
 *
 * <p>{@code -Dnarwhal.chaos.seconds=30} is the full length; see {@link dev.narwhal.chaos.Scale}. In full, {@link
 * dev.narwhal.chaos.SessionsTest} has 200 users of at least 200 visits each and kills a worker every 5 s; it takes about eight minutes.
 */
@NullMarked
package dev.narwhal.chaos;

import org.jspecify.annotations.NullMarked;
