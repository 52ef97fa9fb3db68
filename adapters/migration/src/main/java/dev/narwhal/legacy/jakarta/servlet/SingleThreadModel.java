package dev.narwhal.legacy.jakarta.servlet;

/** Marks a servlet that is never called by two threads at once. */
public interface SingleThreadModel {}
