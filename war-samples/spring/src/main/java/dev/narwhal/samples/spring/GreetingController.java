package dev.narwhal.samples.spring;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** JSON in, JSON out. */
@RestController
@RequestMapping("/api/greetings")
class GreetingController {
    record Guest(@Nullable String name) {}

    @GetMapping("/{name}")
    Greeting greet(@PathVariable("name") String name) {
        return Greeting.to(name);
    }

    /** The request waits on no thread meanwhile: Spring uses the Servlet API's asynchronous dispatch. */
    @GetMapping("/{name}/later")
    CompletableFuture<Greeting> greetLater(
            @PathVariable("name") String name, @RequestParam(name = "ms", defaultValue = "200") long millis) {
        return supplyAsync(() -> Greeting.to(name), delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    @PostMapping
    ResponseEntity<Greeting> welcome(@RequestBody Guest guest, UriComponentsBuilder here) {
        var name = guest.name();
        if (name == null || name.isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "a guest needs a name");
        }
        URI location = here.path("/api/greetings/{name}").build(name);
        return ResponseEntity.created(location).body(Greeting.to(name));
    }
}
