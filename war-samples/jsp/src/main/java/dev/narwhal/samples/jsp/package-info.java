/**
 * Pages: a servlet that hands a model to a JSP view, a tag library of its own with a tag and a function.
 *
 * <p>Read {@code index.jsp} first, then {@code Sightings} and {@code WEB-INF/views/sightings.jsp}.
 */
@NullMarked
package dev.narwhal.samples.jsp;

import org.jspecify.annotations.NullMarked;
