/**
 * The short-lived child that prepares applications once, so that N workers and every restart only load the result.
 *
 * <p>{@link dev.narwhal.worker.prepare.PrepareMain} is started by the master for {@code narwhal run},
 * {@link dev.narwhal.worker.prepare.InspectMain} for {@code narwhal inspect}, {@link dev.narwhal.worker.prepare.AheadMain} for {@code narwhal
 * prepare}, {@link dev.narwhal.worker.prepare.CheckMain} for {@code narwhal check}. All hand each WAR to {@code Preparer}: a key is
 * computed from its content, the cache is asked for that key, and what is missing is unpacked and read (package
 * {@code war.descriptor}) in a temporary directory that gets its name only when it is complete.
 *
 * <pre>
 * CACHE/shop-0123456789abcdef/     owner-only
 *   app/                           the unpacked WAR, migrated if it has to be; missing for an exploded directory
 *                                  that is served in place
 *   resources/LIB.jar/             META-INF/resources of a JAR
 *   webapp.json                    the merged descriptor
 *   complete.json                  written last
 *   in-use                         locked by every worker that uses it
 *   pages/                         compiled JSP pages, written by whoever compiles one (adapters/jsp)
 * </pre>
 *
 * <p>None of them outlives the process that has started it.
 *
 * <p>Reading order: {@code PrepareMain}, {@code Preparer}, {@code Source}, {@code PreparedCache}, {@code Unpacker}.
 */
@NullMarked
package dev.narwhal.worker.prepare;

import org.jspecify.annotations.NullMarked;
