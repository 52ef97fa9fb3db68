package dev.narwhal.worker.feature;

/** An exception that the operator has been told of in full: whoever answers the request logs nothing more. */
public interface Reported {}
