package dev.narwhal.worker.check;

import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the application's own classes do that matters when there are several JVMs. */
final class OwnCode implements Simulation.Observer {

    /** A value that is put into a session. */
    record SessionValue(Simulation.Place place, String attribute, Value value) {}

    private static final Set<String> SESSIONS =
            Set.of("jakarta.servlet.http.HttpSession", "dev.narwhal.legacy.LegacyHttpSession");

    private static final Set<String> TIMERS =
            Set.of("java.util.Timer", "java.util.concurrent.ScheduledThreadPoolExecutor");

    private static final Set<String> TIMER_FACTORIES =
            Set.of("newScheduledThreadPool", "newSingleThreadScheduledExecutor");

    private static final Set<String> SCHEDULING = Set.of(
            "org.springframework.scheduling.annotation.Scheduled",
            "org.springframework.scheduling.annotation.EnableScheduling",
            "jakarta.ejb.Schedule");

    private static final Set<String> WRITERS =
            Set.of("java.io.FileOutputStream", "java.io.FileWriter", "java.io.RandomAccessFile");

    private static final Set<String> WRITING_METHODS =
            Set.of("write", "writeString", "newBufferedWriter", "newOutputStream");

    private static final Set<String> CHANGING = Set.of(
            "put",
            "putAll",
            "putIfAbsent",
            "computeIfAbsent",
            "computeIfPresent",
            "compute",
            "merge",
            "add",
            "addAll",
            "offer",
            "push",
            "remove",
            "clear",
            "set",
            "increment",
            "incrementAndGet",
            "getAndIncrement",
            "decrementAndGet",
            "addAndGet",
            "getAndAdd");

    private static final String CLASS_INITIALIZER = "<clinit>";

    private final List<SessionValue> sessionValues = new ArrayList<>();
    private final Set<String> schedulers = new LinkedHashSet<>();
    private final Set<String> files = new LinkedHashSet<>();
    private final Map<String, String> staticState = new LinkedHashMap<>();

    /** Reads one class. */
    void read(ClassModel model) {
        var className = References.name(model.thisClass().asSymbol());
        References.annotations(model).stream()
                .filter(annotation -> SCHEDULING.contains(annotation.name()))
                .forEach(annotation -> schedulers.add(
                        "%s%s is @%s".formatted(className, annotation.place(), simple(annotation.name()))));
        model.methods().forEach(method -> Simulation.run(className, method, this));
    }

    @Override
    public void call(Simulation.Place place, InvokeInstruction call, List<Value> arguments) {
        var owner = References.name(call.owner().asSymbol());
        var method = call.name().stringValue();
        if (SESSIONS.contains(owner) && (method.equals("setAttribute") || method.equals("putValue"))) {
            var name = arguments.get(arguments.size() - 2) instanceof Value.Text(String text) ? text : "(computed)";
            sessionValues.add(new SessionValue(place, name, arguments.getLast()));
        }
        if (method.equals("<init>") ? TIMERS.contains(owner) : isTimerFactory(owner, method)) {
            schedulers.add(place + " starts a timer (" + simple(owner) + ")");
        }
        if (method.equals("<init>")
                ? WRITERS.contains(owner)
                : owner.equals("java.nio.file.Files") && WRITING_METHODS.contains(method)) {
            files.add(place + " writes to a file (" + simple(owner) + (method.equals("<init>") ? "" : "." + method)
                    + ")");
        }
        if (!arguments.isEmpty()
                && arguments.getFirst() instanceof Value.StaticField(String of, String field, String type)
                && type.startsWith("java.util.")
                && of.equals(place.className())
                && CHANGING.contains(method)) {
            changed(place, field, "a static " + simple(type) + ", is changed by ");
        }
    }

    private static boolean isTimerFactory(String owner, String method) {
        return owner.equals("java.util.concurrent.Executors") && TIMER_FACTORIES.contains(method);
    }

    @Override
    public void assigned(Simulation.Place place, FieldInstruction field) {
        // javac's own, such as class$0 and $assertionsDisabled, have a dollar.
        if (!field.name().stringValue().contains("$")
                && References.name(field.owner().asSymbol()).equals(place.className())) {
            changed(place, field.name().stringValue(), "which is static, is set by ");
        }
    }

    private void changed(Simulation.Place place, String field, String how) {
        if (!place.method().equals(CLASS_INITIALIZER)) {
            var name = place.className() + "." + field;
            staticState.putIfAbsent(
                    name, name + ", " + how + place.method() + (place.line() > 0 ? ", line " + place.line() : ""));
        }
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    List<SessionValue> sessionValues() {
        return List.copyOf(sessionValues);
    }

    /** What starts something by itself, once in each JVM. */
    List<String> schedulers() {
        return List.copyOf(schedulers);
    }

    /** What writes to files that other JVMs may write too. */
    List<String> files() {
        return List.copyOf(files);
    }

    /** Variables that each JVM has for itself. */
    List<String> staticState() {
        return List.copyOf(staticState.values());
    }
}
