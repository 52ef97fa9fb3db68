package dev.narwhal.worker.war;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Lets the JDK forget the JDBC drivers of the class loader that defines this class. {@link DriverManager} shows a driver only to callers that find its
 * class, so each {@link WebAppClassLoader} defines a copy of this one.
 */
public final class DriverRelease implements Runnable {

    @Override
    public void run() {
        DriverManager.drivers()
                .filter(driver ->
                        driver.getClass().getClassLoader() == getClass().getClassLoader())
                .toList()
                .forEach(DriverRelease::release);
    }

    private static void release(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            throw new IllegalStateException("deregistering the driver " + driver, e);
        }
    }
}
