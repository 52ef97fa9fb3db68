package dev.narwhal.worker.feature;

import dev.narwhal.worker.war.WarException;

/** A technology beyond servlets that applications may use. */
public interface Feature {

    /**
     * Looks at an application that is about to be deployed.
     *
     * @return what the engine is to add to the deployment; {@link Contribution#NONE} if the application does not use the technology
     * @throws WarException if the application cannot work; the message is for the operator
     */
    Contribution contribute(Candidate candidate) throws WarException;
}
