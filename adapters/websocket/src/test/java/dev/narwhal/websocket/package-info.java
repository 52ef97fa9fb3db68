@NullMarked
package dev.narwhal.websocket;

import org.jspecify.annotations.NullMarked;
