/**
 * What applications find by name and what is injected into them: {@code java:comp/env}, pooled data sources, {@code @Resource}, {@code @PostConstruct}.
 *
 * <p>{@link dev.narwhal.naming.NamingFeature} builds one {@link dev.narwhal.naming.Namespace} for each application, on the worker's main thread,
 * from the merged descriptor and what the operator provides, and seals it. Lookups and injection come on any thread later. Resources
 * are made at their first lookup and closed when the application is undeployed.
 *
 * <p>Reading order: {@code NamingFeature}, {@code Environment}, {@code Namespace}, {@code Namespaces}; {@code Resources} and what it makes; {@code
 * Injector}.
 */
@NullMarked
package dev.narwhal.naming;

import org.jspecify.annotations.NullMarked;
