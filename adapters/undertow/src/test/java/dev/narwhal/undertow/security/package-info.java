@NullMarked
package dev.narwhal.undertow.security;

import org.jspecify.annotations.NullMarked;
