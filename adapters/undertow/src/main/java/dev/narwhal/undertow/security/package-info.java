/**
 * Servlet 6.1 chapter 13: who must log in for what, and how. Undertow's own evaluation of security constraints is not used: it lets a constraint
 * without roles outdo one that denies, and more (docs/decisions, "Security constraints"). Its mechanisms and its security context are.
 *
 * <p>{@code SecurityChain} wraps the handlers of one application; everything else is made there and used on the threads of requests.
 *
 * <p>Reading order: {@code SecurityChain}, {@code Constraints} (a pure decision), {@code ConstraintRules}, {@code ConstraintHandler}, {@code
 * SessionLogins}, {@code Identities}, then the mechanisms.
 */
@NullMarked
package dev.narwhal.undertow.security;

import org.jspecify.annotations.NullMarked;
