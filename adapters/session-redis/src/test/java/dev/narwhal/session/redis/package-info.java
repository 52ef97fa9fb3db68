@NullMarked
package dev.narwhal.session.redis;

import org.jspecify.annotations.NullMarked;
