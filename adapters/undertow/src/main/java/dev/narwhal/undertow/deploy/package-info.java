/**
 * Turns a {@link dev.narwhal.worker.war.WebApp} into Undertow's deployment.
 *
 * <p>Reading order: {@code Apps}, {@code DeployedApp}, {@code DeploymentInfos} (the whole mapping), {@code StrictDeployment} (what applications
 * register themselves) with {@code StandardContext}, {@code LayeredResources}; then {@code DispatchRules}, around every dispatch, with {@code
 * StandardRequest}, {@code StandardResponse} and {@code StandardAsync}; the others are small deviations of Undertow's that are put right, one a class.
 */
@NullMarked
package dev.narwhal.undertow.deploy;

import org.jspecify.annotations.NullMarked;
