/**
 * Who may log in. A {@link dev.narwhal.worker.security.Realm} knows users; {@link dev.narwhal.worker.security.Logins} verifies passwords against
 * it, in constant time and without hashing at every request. What a user may do is the engine's matter. {@link dev.narwhal.worker.security.Realms}
 * makes the realm of each application: the file first, then the database.
 *
 * <p>Used by the engine on any request thread.
 *
 * <p>Reading order: {@code Realm}, {@code FileRealm}, {@code DatabaseRealm}, {@code Realms}, {@code Logins}, {@code Verified}.
 */
@NullMarked
package dev.narwhal.worker.security;

import org.jspecify.annotations.NullMarked;
