package dev.narwhal.contract.users;

import java.util.Locale;
import java.util.regex.Pattern;

/** What is kept of a password. {@code toString} of each kind names the kind only: values end up in logs. */
public sealed interface StoredPassword
        permits StoredPassword.Plain, StoredPassword.Bcrypt, StoredPassword.Ha1, StoredPassword.None, Pbkdf2 {

    /** The password itself. */
    record Plain(String text) implements StoredPassword {

        @Override
        public String toString() {
            return "plain";
        }
    }

    /** No password is right: the user logs in by something else, such as a certificate. */
    record None() implements StoredPassword {

        @Override
        public String toString() {
            return "none";
        }
    }

    /** A bcrypt hash: {@code $2b$12$} and 53 characters; also {@code $2a$} and {@code $2y$}, as {@code htpasswd -B} writes it. */
    record Bcrypt(String text) implements StoredPassword {

        private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

        @Override
        public String toString() {
            return "bcrypt";
        }
    }

    /**
     * What DIGEST computes from name, realm and password: {@code $ha1$REALM$}, then 32 hexadecimal digits.
     *
     * @param realm the {@code <realm-name>} that it is good for
     * @param digest of {@code name:realm:password} by MD5, in lower case
     */
    record Ha1(String realm, String digest) implements StoredPassword {

        private static final Pattern FORM = Pattern.compile("\\$ha1\\$([^$]+)\\$([0-9a-fA-F]{32})");

        @Override
        public String toString() {
            return "ha1";
        }
    }

    /**
     * Reads what stands for a password in a file or a database column. What does not begin like a hash is a plain password.
     *
     * @throws BadPasswordException for an empty one and for a hash that is malformed or of a kind that Narwhal does not know
     */
    static StoredPassword parse(String text) throws BadPasswordException {
        if (text.isEmpty()) {
            throw new BadPasswordException("the password is empty.");
        }
        if (text.startsWith("$pbkdf2-")) {
            return Pbkdf2.parse(text);
        }
        if (text.matches("\\$2[a-z]?\\$.*")) {
            if (!Bcrypt.FORM.matcher(text).matches()) {
                throw new BadPasswordException(
                        "the bcrypt hash is malformed. It is $2b$, two digits of cost, $ and 53 characters.");
            }
            return new Bcrypt(text);
        }
        if (text.startsWith("$ha1$")) {
            var matcher = Ha1.FORM.matcher(text);
            if (!matcher.matches()) {
                throw new BadPasswordException(
                        "the DIGEST value is malformed. It is $ha1$REALM$ and 32 hexadecimal digits.");
            }
            return new Ha1(matcher.group(1), matcher.group(2).toLowerCase(Locale.ROOT));
        }
        if (text.matches("\\$[a-z0-9-]+\\$.+|\\{[A-Za-z0-9-]+\\}.+")) {
            throw new BadPasswordException("this kind of hash is not known. Make one with 'narwhal hash-password'.");
        }
        return new Plain(text);
    }
}
