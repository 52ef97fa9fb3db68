@NullMarked
package dev.narwhal.undertow.deploy;

import org.jspecify.annotations.NullMarked;
