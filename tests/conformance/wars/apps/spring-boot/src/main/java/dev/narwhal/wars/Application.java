package dev.narwhal.wars;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** A bit of everything. */
@SpringBootApplication
@EnableWebSocket
public class Application extends SpringBootServletInitializer implements WebSocketConfigurer {

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
        return builder.sources(Application.class);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers("/private/**").authenticated().anyRequest().permitAll())
                .formLogin(Customizer.withDefaults())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new Echo(), "/echo-socket").setAllowedOriginPatterns("*");
        registry.addHandler(new Echo(), "/sock").withSockJS();
    }

    static class Echo extends TextWebSocketHandler {

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
            session.sendMessage(new TextMessage("echo " + message.getPayload()));
        }
    }

    @RestController
    static class Api {

        @GetMapping("/json/{id}")
        Map<String, Object> json(@PathVariable int id, @RequestParam(defaultValue = "none") String q) {
            return Map.of("id", id, "q", q, "time", Instant.EPOCH);
        }

        @PostMapping("/echo")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }

        @PostMapping("/upload")
        String upload(@RequestParam MultipartFile file) {
            return file.getOriginalFilename() + " " + file.getSize();
        }

        @GetMapping("/count")
        String count(HttpSession session) {
            int count = session.getAttribute("count") instanceof Integer before ? before + 1 : 1;
            session.setAttribute("count", count);
            return "count " + count;
        }

        @GetMapping("/later")
        Callable<String> later() {
            return () -> "later";
        }

        @GetMapping("/events")
        SseEmitter events() {
            var emitter = new SseEmitter();
            new Thread(() -> send(emitter)).start();
            return emitter;
        }

        private static void send(SseEmitter emitter) {
            try {
                for (int i = 0; i < 3; i++) {
                    emitter.send("event " + i);
                }
                emitter.complete();
            } catch (IOException e) {
                emitter.completeWithError(e);
            }
        }

        @GetMapping("/private/me")
        String me(Principal principal) {
            return "I am " + principal.getName();
        }

        @GetMapping("/fail")
        String fail() {
            throw new IllegalStateException("on purpose");
        }
    }
}
