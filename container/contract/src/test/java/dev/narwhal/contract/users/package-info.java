@NullMarked
package dev.narwhal.contract.users;

import org.jspecify.annotations.NullMarked;
