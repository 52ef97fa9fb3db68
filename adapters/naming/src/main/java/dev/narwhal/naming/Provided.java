package dev.narwhal.naming;

import javax.naming.NamingException;

/** A binding whose object is made, or looked for, when it is asked for. */
interface Provided {

    /** What it is, for those who only list names. */
    String type();

    /** The object; the same for every caller, unless it is another name for something. */
    Object get() throws NamingException;
}
