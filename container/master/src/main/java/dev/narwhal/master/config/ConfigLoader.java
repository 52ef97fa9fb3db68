package dev.narwhal.master.config;

import dev.narwhal.contract.ResourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays the sources over each other: flags over environment over file over defaults. Reports all problems at once. */
public final class ConfigLoader {

    private static final String DEFAULT_FILE = "narwhal.toml";

    private final Path workingDirectory;
    private final Givens givens = new Givens();
    private final List<Problem> problems = new ArrayList<>();

    private ConfigLoader(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /**
     * Reads all sources and checks everything that can be checked before anything is started.
     *
     * @param flags the texts given on the command line, by setting
     * @param usageProblems what is already known to be wrong with the command line
     * @param environment all variables of the process
     * @param workingDirectory absolute; where {@code narwhal.toml} is looked for and relative paths begin
     */
    public static Loaded load(
            Map<Setting<?>, List<String>> flags,
            List<Problem> usageProblems,
            Map<String, String> environment,
            Path workingDirectory) {
        var loader = new ConfigLoader(workingDirectory);
        loader.problems.addAll(usageProblems);
        return loader.load(flags, environment);
    }

    /**
     * What applications find around them, without anything else of a configuration.
     *
     * @param libraries as in {@link Config}
     * @param resources as in {@link Config}
     * @param problems what is wrong with the file or with one of these
     */
    public record Surroundings(List<Path> libraries, List<ResourceSpec> resources, List<Problem> problems) {

        public Surroundings {
            libraries = List.copyOf(libraries);
            resources = List.copyOf(resources);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads only {@code --lib} and the resources of the file.
     *
     * @param flags the texts given on the command line, by setting
     * @param environment all variables of the process
     * @param workingDirectory as in {@link #load}
     */
    public static Surroundings surroundings(
            Map<Setting<?>, List<String>> flags, Map<String, String> environment, Path workingDirectory) {
        var loader = new ConfigLoader(workingDirectory);
        loader.givens.add(ofFlags(flags));
        loader.givens.add(Environment.read(environment, _ -> {})); // a start tells what is wrong there
        loader.readFile();
        var libraries = new Libraries(workingDirectory).find(loader.givens.of(Settings.LIB), loader.problems::add);
        return new Surroundings(libraries, loader.givens.resources(), loader.problems);
    }

    private Loaded load(Map<Setting<?>, List<String>> flags, Map<String, String> environment) {
        givens.add(ofFlags(flags));
        givens.add(Environment.read(environment, problems::add));
        int before = problems.size();
        readFile();
        givens.add(SocketActivation.read(environment));
        boolean wholeFile = problems.size() == before;
        Settings.ALL.forEach(setting -> givens.problems(setting).forEach(problems::add));
        refuseBindsGivenTwice();
        var libraries = new Libraries(workingDirectory).find(givens.of(Settings.LIB), problems::add);
        givens.of(Settings.ENV_FILE).forEach(given -> new EnvironmentFile(workingDirectory).read(given, problems::add));
        checkUsers();
        new TlsSettings(givens, workingDirectory).check(problems::add);
        refuseSessionsThatCannotBe();
        new RedisCheck(givens, workingDirectory).check(problems::add);
        var wars = new Wars(workingDirectory).find(givens.of(Settings.WARS), problems::add);
        if (givens.of(Settings.WARS).isEmpty() && wholeFile) {
            problems.add(
                    new Problem("WAR", "none given. Name a .war file or an exploded directory: narwhal run shop.war."));
        }
        return problems.isEmpty()
                ? new Loaded.Valid(Config.of(givens, wars, libraries, workingDirectory), givens)
                : new Loaded.Refused(problems, givens);
    }

    static Map<Setting<?>, List<Given>> ofFlags(Map<Setting<?>, List<String>> flags) {
        var result = new HashMap<Setting<?>, List<Given>>();
        flags.forEach((setting, texts) -> result.put(
                setting,
                texts.stream()
                        .map(text -> new Given(text, new Origin.Flag(setting.flag())))
                        .toList()));
        return result;
    }

    private void readFile() {
        var named = givens.of(Settings.CONFIG).stream().findFirst();
        var name = named.map(Given::text).orElse(DEFAULT_FILE);
        if (name.isBlank()) {
            return;
        }
        var file = workingDirectory.resolve(name);
        if (Files.isRegularFile(file)) {
            var content = TomlFile.read(file, name, workingDirectory, problems::add);
            givens.add(content.givens());
            givens.add(content.resources());
        } else if (named.isPresent()) {
            problems.add(new Problem(
                    named.get().origin().toString(),
                    Files.exists(file)
                            ? name + " is not a file."
                            : "no such file " + name + " (working directory: " + workingDirectory + ")."));
        }
    }

    private void checkUsers() {
        for (var given : givens.of(Settings.USERS)) {
            if (!given.text().isBlank()) {
                problems.addAll(UsersCheck.problems(workingDirectory.resolve(given.text()), given.text()));
            }
        }
    }

    private void refuseSessionsThatCannotBe() {
        var sessions = givens.of(Settings.SESSIONS).getFirst();
        if (!sessions.text().equalsIgnoreCase(SessionStorage.Local.MEMORY.label())) {
            return;
        }
        var source = sessions.origin().toString();
        var workers = givens.of(Settings.WORKERS).getFirst().text();
        boolean sticky = givens.of(Settings.STICKY).getFirst().text().equalsIgnoreCase("true");
        if (!sticky && severalWorkers(workers)) {
            problems.add(new Problem(
                    source,
                    "sessions in the memory of a worker cannot be shared by " + workers
                            + " workers. Give --sessions lmdb, --workers 1 or --sticky."));
        }
        if (givens.has(Settings.SESSION_DIR)) {
            problems.add(new Problem(
                    source, "sessions in memory need no session-dir. Give --sessions lmdb or no directory."));
        }
    }

    private static boolean severalWorkers(String text) {
        try {
            return Settings.WORKERS.syntax().parse(text).most() > 1;
        } catch (BadValueException _) {
            return false; // already reported with all other values
        }
    }

    private void refuseBindsGivenTwice() {
        var seen = new ArrayList<Bind>();
        for (var given : givens.of(Settings.BIND)) {
            try {
                var bind = Settings.BIND.syntax().parse(given.text());
                if ((bind.port() != 0 || bind.descriptor().isPresent())
                        && seen.stream().anyMatch(bind::isSameSocket)) {
                    problems.add(new Problem(given.origin().toString(), bind + " is given twice."));
                }
                seen.add(bind);
            } catch (BadValueException _) {
                // already reported with all other values
            }
        }
    }
}
