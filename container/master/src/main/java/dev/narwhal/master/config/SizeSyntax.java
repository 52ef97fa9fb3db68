package dev.narwhal.master.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as operators and JVMs write them: {@code 65536} is bytes; {@code 512k}, {@code 16m}, {@code 1g}. */
final class SizeSyntax {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\s*([kKmMgG]?)");
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    private SizeSyntax() {}

    /** Any size from 1k to {@code most}. */
    static Syntax<Long> upTo(long most) {
        var expected = "a size from 1k to " + write(most) + ", such as 512k, 16m, 1g";
        return new Syntax<>(
                expected,
                text -> {
                    var form = FORM.matcher(text);
                    if (form.matches()) {
                        long size = read(form);
                        if (size >= KIB && size <= most) {
                            return size;
                        }
                    }
                    throw new BadValueException("'" + text + "' is not " + expected + ".");
                },
                SizeSyntax::write);
    }

    private static long read(Matcher form) {
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "k", "K" -> amount * KIB;
            case "m", "M" -> amount * MIB;
            case "g", "G" -> amount * GIB;
            default -> amount;
        };
    }

    private static String write(long size) {
        if (size % GIB == 0) {
            return size / GIB + "g";
        }
        if (size % MIB == 0) {
            return size / MIB + "m";
        }
        return size % KIB == 0 ? size / KIB + "k" : Long.toString(size);
    }
}
