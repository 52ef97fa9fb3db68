/**
 * What of an application will work on Narwhal and what will not: the findings of {@code narwhal check}.
 *
 * <p>Everything is found in evidence: class files (read with {@code java.lang.classfile}, never loaded), the prepared descriptor, the files of the
 * WAR, its compiled pages, and what became of a real deployment, which the master had a throw-away worker try before. A {@code Finding} is what was
 * found; {@code Wording} alone decides how grave it is and what to say; {@code ReportText} and {@code ReportJson} only print.
 *
 * <p>Classes in {@code WEB-INF/classes} are the application's own and are read instruction by instruction; libraries are full of references to things
 * that are optional, so of them only the sum is told.
 *
 * <p>One thread, in the child process of {@link dev.narwhal.worker.prepare.CheckMain}. Reading order: {@code Check}, {@code Finding},
 * {@code Wording}, {@code Contents}, {@code References}, {@code Simulation}, {@code OwnCode}.
 */
@NullMarked
package dev.narwhal.worker.check;

import org.jspecify.annotations.NullMarked;
