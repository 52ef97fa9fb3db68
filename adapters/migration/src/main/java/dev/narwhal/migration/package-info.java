/**
 * Applications that are written for {@code javax.servlet}: what they are recognised by, and how they are changed.
 *
 * <p>Names are changed by Apache's migration tool with the profile that Tomcat uses: what a servlet container provides becomes
 * {@code jakarta}, everything else ({@code javax.xml.bind}, {@code javax.inject}, ...) stays what it is. Then each class that uses what
 * Servlet 6 removed is linked to equivalents (package {@code legacy}), which are added to the application as one more JAR. Libraries
 * that have nothing to be changed stay as they are, byte for byte.
 *
 * <p>Runs in the preparing child, JARs in parallel.
 *
 * <p>Reading order: {@code JakartaMigration}, {@code Evidence}, {@code AppClasses}, {@code FileMigration}, {@code JarMigration}, {@code KeptJars},
 * {@code Linker}, {@code RemovedMethod}, {@code LegacyJar}.
 */
@NullMarked
package dev.narwhal.migration;

import org.jspecify.annotations.NullMarked;
