@NullMarked
package dev.narwhal.master.systemd;

import org.jspecify.annotations.NullMarked;
