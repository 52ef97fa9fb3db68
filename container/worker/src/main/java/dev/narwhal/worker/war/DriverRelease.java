package dev.narwhal.worker.war;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Lets the JDK forget the JDBC drivers of the class loader that defines this class, and gives the names of their classes. {@link DriverManager} shows
 * a driver only to callers that find its class, so each {@link WebAppClassLoader} defines a copy of this one.
 */
public final class DriverRelease implements Supplier<List<String>> {

    @Override
    public List<String> get() {
        var loader = getClass().getClassLoader();
        var released = new ArrayList<String>();
        for (var driver : DriverManager.drivers().toList()) {
            if (Objects.equals(driver.getClass().getClassLoader(), loader)) {
                release(driver);
                released.add(driver.getClass().getName());
            }
        }
        return released;
    }

    private static void release(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            throw new IllegalStateException("deregistering the driver " + driver, e);
        }
    }
}
