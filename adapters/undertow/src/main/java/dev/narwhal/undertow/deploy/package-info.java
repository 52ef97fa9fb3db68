/**
 * Turns a {@link dev.narwhal.worker.war.WebApp} into Undertow's deployment.
 *
 * <p>Reading order: {@code Deployments}, {@code DeploymentInfos} (the whole mapping, class loading apart), {@code LayeredResources}, {@code DeployedApp}, {@code Apps}.
 */
@NullMarked
package dev.narwhal.undertow.deploy;

import org.jspecify.annotations.NullMarked;
