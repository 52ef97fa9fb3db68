package dev.narwhal.naming;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls the mail API that {@link Mail} found. It is loaded by a loader that does not see the rest of the server. */
public final class MailSession implements Function<Map<String, String>, Object> {

    public MailSession() {}

    /**
     * Makes the session.
     *
     * @param settings its properties, and {@code password}
     */
    @Override
    public Object apply(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(settings);
        var password = (String) properties.remove("password");
        return Session.getInstance(properties, password == null ? null : new Password(user(properties), password));
    }

    private static String user(Properties properties) {
        return properties.getProperty("mail.smtp.user", properties.getProperty("mail.user", ""));
    }

    private static final class Password extends Authenticator {

        private final String user;
        private final String password;

        Password(String user, String password) {
            this.user = user;
            this.password = password;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(user, password);
        }
    }
}
