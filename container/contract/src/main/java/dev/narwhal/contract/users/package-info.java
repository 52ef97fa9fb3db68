/**
 * The file with the users that may log in: the master checks it before it starts anything, the workers verify passwords against it. What
 * may stand in for a password is a closed set, {@link dev.narwhal.contract.users.StoredPassword}; no text of this package repeats one.
 *
 * <p>Values and pure functions, apart from {@code UsersFile.read}; used on any thread.
 *
 * <p>Reading order: {@code UsersFile}, {@code User}, {@code StoredPassword}, {@code Pbkdf2}.
 */
@NullMarked
package dev.narwhal.contract.users;

import org.jspecify.annotations.NullMarked;
