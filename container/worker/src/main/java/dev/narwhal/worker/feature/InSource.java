package dev.narwhal.worker.feature;

import java.util.List;

/** An exception whose cause is in a source of the application, such as a page that cannot be compiled. Who develops it may be shown the place. */
public interface InSource {

    /** What is wrong, and where; at least one. */
    List<Pages.Problem> problems();
}
