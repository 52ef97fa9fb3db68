/**
 * Jakarta Pages 4.0 with Tomcat's engine, Jasper, and the standard tag library.
 *
 * <p>What is decided here: who sees which classes ({@code PageClassLoader}), where compiled pages are kept and that several workers may
 * compile at once ({@code PageCompiler}), when tag libraries are read ({@code TagLibraries}: not before a page has to be compiled), and how
 * errors are told ({@code PageException}). What a page is and does is Jasper's business.
 *
 * <pre>
 * CACHE/shop-0123456789abcdef/pages/    beside the prepared application, for all workers
 *   .lock                               held by whoever compiles
 *   org/apache/jsp/index_jsp.class      complete once its time of change is that of its source
 * </pre>
 *
 * <p>{@code JspFeature} is called on the worker's main thread at deployment, everything else by whoever requests a page.
 *
 * <p>Reading order: {@code JspFeature}, {@code PageServlet}, {@code PageSetup}, {@code PageOptions}, {@code PageClassLoader},
 * {@code PageCompiler}, {@code TagLibraries}.
 */
@NullMarked
package dev.narwhal.jsp;

import org.jspecify.annotations.NullMarked;
