/** A bridge to what XNIO keeps package-private; nothing else belongs here. */
@NullMarked
package org.xnio.nio;

import org.jspecify.annotations.NullMarked;
