/**
 * What the operator wants, and what follows from it.
 *
 * <p>{@link dev.narwhal.master.config.Settings} declares every setting once; {@code --help}, {@code --print-config}, the
 * environment, {@code narwhal.toml} and the documentation are read off that list.
 * {@link dev.narwhal.master.config.ConfigLoader} lays the sources over each other (flags over environment over file over
 * defaults), collects every problem, and gives a typed {@link dev.narwhal.master.config.Config}.
 * {@link dev.narwhal.master.config.Plan} then decides what "auto" means for these applications on this
 * {@link dev.narwhal.master.config.Machine}.
 *
 * <p>Everything runs once, on the main thread, before anything is bound or spawned. Only {@code ConfigLoader},
 * {@code TomlFile}, {@code Wars} and {@code MachineLimits} look at the file system; the rest are values and pure functions.
 *
 * <p>Reading order: {@code Setting}, {@code Syntax}, {@code Settings}, {@code ConfigLoader}, {@code Config}, {@code Plan}.
 */
@NullMarked
package dev.narwhal.master.config;

import org.jspecify.annotations.NullMarked;
