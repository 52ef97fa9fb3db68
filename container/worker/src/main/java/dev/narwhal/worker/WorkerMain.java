package dev.narwhal.worker;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.observe.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** Starts a worker. Only the master calls this: the command line is a {@link WorkerSpec} and names inherited file descriptors. */
public final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var spec = WorkerSpec.ofArguments(List.of(args));
        setBaseDirectory();
        System.setProperty("narwhal.worker.index", Integer.toString(spec.slot()));
        Logs.configure("worker " + spec.slot(), spec.logLevel());
        var orders = new Orders();
        orders.watch(System.in, () -> Runtime.getRuntime().halt(ExitCode.OK.status()));
        try (var report = new Report(spec.report())) {
            // The application may have left threads behind that are no daemons.
            System.exit(run(spec, orders, report).status());
        }
    }

    /** Applications written for Tomcat look for their files below it; here it is the directory that Narwhal was started in. */
    private static void setBaseDirectory() {
        var here = Path.of("").toAbsolutePath().toString();
        System.getProperties().putIfAbsent("catalina.base", here);
        System.getProperties().putIfAbsent("catalina.home", here);
    }

    private static ExitCode run(WorkerSpec spec, Orders orders, Report report) throws InterruptedException {
        try {
            return new Worker(spec, orders, report).run();
        } catch (WorkerFailure failure) {
            report.send(new WorkerMessage.Failed(
                    failure.code(), String.valueOf(failure.getMessage()), stackTrace(failure)));
            return failure.code();
        } catch (RuntimeException
                | Error defect) { // threads of the server would keep a process whose main thread is gone
            report.send(new WorkerMessage.Failed(ExitCode.BUG, defect.toString(), stackTrace(defect)));
            return ExitCode.BUG;
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
