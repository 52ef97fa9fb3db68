package dev.narwhal.master.serve;

import dev.narwhal.contract.PreparedWar;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Plan;
import dev.narwhal.master.process.SharedMemory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one generation of workers runs.
 *
 * @param wars the prepared applications
 * @param plan how the workers run them
 * @param reading what is configured for them
 * @param resources what applications find by name, for the workers to inherit, if there is anything
 */
record Release(List<PreparedWar> wars, Plan plan, Rereading.Reading reading, Optional<SharedMemory> resources) {

    Release {
        wars = List.copyOf(wars);
    }

    Config config() {
        return reading.config();
    }

    /** What else there is to say of the preparation, in parentheses. */
    String circumstances() {
        if (wars.stream().allMatch(PreparedWar::reused)) {
            return " (unchanged, from the cache)";
        }
        var migrated = wars.stream()
                .filter(war -> war.migrated() && !war.reused())
                .map(PreparedWar::name)
                .toList();
        if (migrated.isEmpty()) {
            return "";
        }
        return " (" + (wars.size() == 1 ? "" : String.join(", ", migrated) + " ") + "migrated from javax.servlet)";
    }

    /** {@code hello.war}, or {@code shop.war, admin.war}. */
    String names() {
        return wars.stream().map(PreparedWar::name).collect(Collectors.joining(", "));
    }
}
