/**
 * What users of the distribution see: its command line, its log, and how applications behave behind it. One class for a
 * feature; what must be the same under each dispatch class is annotated with {@link dev.narwhal.harness.EachDispatch}.
 */
@NullMarked
package dev.narwhal.behaviour;

import org.jspecify.annotations.NullMarked;
