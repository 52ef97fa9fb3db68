/**
 * The SPI for what runs applications and speaks HTTP. An adapter provides one {@link dev.narwhal.worker.engine.EngineProvider} through {@link
 * java.util.ServiceLoader}; a worker uses the only one on its class path.
 *
 * <p>Reading order: {@code EngineProvider}, {@code Engine}, {@code EngineSetup}, {@code LoadedApp}.
 */
@NullMarked
package dev.narwhal.worker.engine;

import org.jspecify.annotations.NullMarked;
