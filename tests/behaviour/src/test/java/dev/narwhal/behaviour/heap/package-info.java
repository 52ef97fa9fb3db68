/** What is left of an application once it is undeployed: a program of its own with the server's class path, and an application that leaks. */
@NullMarked
package dev.narwhal.behaviour.heap;

import org.jspecify.annotations.NullMarked;
