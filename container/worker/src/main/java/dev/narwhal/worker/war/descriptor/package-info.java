/**
 * From the files of a web application to its {@link dev.narwhal.worker.war.WebApp}.
 *
 * <p>{@link dev.narwhal.worker.war.descriptor.WebAppReader} goes through these steps: parse {@code web.xml} and the
 * {@code web-fragment.xml}s, put the fragments in order, index all classes (no class is loaded), read the annotations of those
 * that take part, merge as JBoss Metadata does it for WildFly, find the initializers and what they handle, turn the result into
 * records, check them. JBoss Metadata and Jandex are known here and nowhere else.
 *
 * <p>Everything runs on one thread of the preparing child, but that JARs are indexed by as many as there are cores. What is wrong with the application is a
 * {@link dev.narwhal.worker.war.WarException}.
 *
 * <p>Reading order: {@code WebAppReader}, {@code WarFiles}, {@code DescriptorParser}, {@code FragmentOrder},
 * {@code ClassIndex}, {@code Annotations}, {@code Merger}, {@code Initializers}, {@code Records}, {@code Checks}.
 */
@NullMarked
package dev.narwhal.worker.war.descriptor;

import org.jspecify.annotations.NullMarked;
