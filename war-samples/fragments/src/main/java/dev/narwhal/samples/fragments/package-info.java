/** The application: its greeters, and nothing that registers them. */
@NullMarked
package dev.narwhal.samples.fragments;

import org.jspecify.annotations.NullMarked;
