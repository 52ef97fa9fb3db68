/**
 * Servlet 6.1, clause by clause, against the distribution with two workers under each dispatch class. A test is named by the clause that it
 * holds the server to; {@code app} has the servlets, filters and listeners of the probing application.
 *
 * <p>{@code DispatchingTest} is about chapters 6, 9 and 12, {@code ApplicationTest} about 4, 10 and 11, {@code ExchangeTest} about 3 and 5; {@code
 * RulesTest} is about what the javadoc allows and forbids, and about every kind of mapping.
 */
@NullMarked
package dev.narwhal.conformance;

import org.jspecify.annotations.NullMarked;
