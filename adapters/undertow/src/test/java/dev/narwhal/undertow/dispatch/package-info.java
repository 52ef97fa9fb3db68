@NullMarked
package dev.narwhal.undertow.dispatch;

import org.jspecify.annotations.NullMarked;
