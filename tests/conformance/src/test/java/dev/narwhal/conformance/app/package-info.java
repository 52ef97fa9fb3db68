/** The probing application: {@code Describe} tells what a request looks like, the others do what the query says. */
@NullMarked
package dev.narwhal.conformance.app;

import org.jspecify.annotations.NullMarked;
