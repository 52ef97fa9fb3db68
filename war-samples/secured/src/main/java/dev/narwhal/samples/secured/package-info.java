/** An application that asks who you are: FORM for people, BASIC for programs. Reading order: {@code web.xml}, {@code MembersPage}, {@code WhoAmI}. */
@NullMarked
package dev.narwhal.samples.secured;

import org.jspecify.annotations.NullMarked;
