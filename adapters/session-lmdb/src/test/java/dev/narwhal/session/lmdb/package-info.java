@NullMarked
package dev.narwhal.session.lmdb;

import org.jspecify.annotations.NullMarked;
