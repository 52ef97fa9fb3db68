package dev.narwhal.worker;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStoreProvider;
import dev.narwhal.worker.session.StoreException;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The session store, opened on a thread of its own while the applications are loaded. */
final class OpeningStore implements AutoCloseable {

    private final FutureTask<SessionStore> task;

    private OpeningStore(FutureTask<SessionStore> task) {
        this.task = task;
    }

    static OpeningStore start(WorkerSpec.Sessions wanted) {
        var task = new FutureTask<>(() -> open(wanted));
        Thread.ofPlatform().daemon(true).name("session-store").start(task);
        return new OpeningStore(task);
    }

    private static SessionStore open(WorkerSpec.Sessions wanted) {
        return ServiceLoader.load(SessionStoreProvider.class, OpeningStore.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(wanted.store()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no session store " + wanted.store() + " on the class path of the worker"))
                .open(wanted);
    }

    /** Waits until it is open. */
    SessionStore await() throws WorkerFailure, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw new WorkerFailure(ExitCode.SYSTEM, String.valueOf(failure.getMessage()), failure);
            }
            throw new IllegalStateException("opening the session store", e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            task.get().close();
        } catch (ExecutionException e) {
            // it was not opened, as somebody was told who waited
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
