@NullMarked
package dev.narwhal.undertow.session;

import org.jspecify.annotations.NullMarked;
