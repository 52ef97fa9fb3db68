/**
 * Spring MVC without XML: {@link dev.narwhal.samples.spring.SpringApplication} is found by Spring's own {@code
 * ServletContainerInitializer}, {@link dev.narwhal.samples.spring.WebConfiguration} finds the controllers.
 */
@NullMarked
package dev.narwhal.samples.spring;

import org.jspecify.annotations.NullMarked;
