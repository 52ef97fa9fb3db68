@NullMarked
package dev.narwhal.worker.security;

import org.jspecify.annotations.NullMarked;
