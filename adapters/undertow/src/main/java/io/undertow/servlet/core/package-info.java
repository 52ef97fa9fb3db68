/** A bridge to what Undertow keeps package-private of a deployment; nothing else belongs here. */
@NullMarked
package io.undertow.servlet.core;

import org.jspecify.annotations.NullMarked;
