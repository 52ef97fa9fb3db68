/**
 * A logbook in a database that all workers share.
 *
 * <p>{@link dev.narwhal.samples.jdbc.LogbookServlet} shows and adds entries; {@link dev.narwhal.samples.jdbc.Schema} makes the table when the
 * application starts, in whichever worker comes first. Both get their data source injected; where it comes from is not
 * their business.
 */
@NullMarked
package dev.narwhal.samples.jdbc;

import org.jspecify.annotations.NullMarked;
