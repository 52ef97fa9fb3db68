package dev.narwhal.bench.load;

/**
 * What to measure.
 *
 * @param port on 127.0.0.1
 * @param host what the Host header names, without the port
 * @param path of a GET request
 * @param bodyLength of a right answer, whose status is 200, in bytes
 * @param settleMillis load before the measurement, so that it does not include the opening of connections
 * @param pid of the server; its processor time is measured with that of its descendants
 */
public record Run(
        int port,
        String host,
        String path,
        int bodyLength,
        int connections,
        long settleMillis,
        long measureMillis,
        long pid) {}
