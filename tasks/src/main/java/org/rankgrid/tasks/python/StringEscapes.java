package org.rankgrid.tasks.python;

/** The escapes of Python's string literals; what is none keeps its backslash. */
public final class StringEscapes {

    private final String body;
    private final StringBuilder text = new StringBuilder();
    private int i;

    private StringEscapes(String body) {
        this.body = body;
    }

    /**
     * The text that the body of a string literal, without prefix and quotes, stands for.
     *
     * @throws PythonException if an escape is cut short, or names no character
     */
    public static String decode(String body) {
        return body.indexOf('\\') < 0 ? body : new StringEscapes(body).decode();
    }

    private String decode() {
        while (i < body.length()) {
            char c = body.charAt(i++);
            if (c == '\\' && i < body.length()) {
                escape(body.charAt(i++));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void escape(char c) {
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> text.append(c);
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000B');
            case 'x' -> hexadecimal(c, 2);
            case 'u' -> hexadecimal(c, 4);
            case 'U' -> hexadecimal(c, 8);
            case 'N' -> name();
            default -> {
                if (c >= '0' && c <= '7') {
                    octal(c);
                } else {
                    text.append('\\').append(c);
                }
            }
        }
    }

    private void octal(char first) {
        int value = first - '0';
        for (int digits = 1; digits < 3 && i < body.length(); digits++) {
            int digit = body.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = 8 * value + digit;
            i++;
        }
        text.append((char) value);
    }

    private void hexadecimal(char kind, int digits) {
        long value = 0;
        for (int n = 0; n < digits; n++) {
            int digit = i < body.length() && body.charAt(i) < 0x80 ? Character.digit(body.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new PythonException("the escape \\" + kind + " needs " + digits + " hexadecimal digits");
            }
            value = 16 * value + digit;
            i++;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw new PythonException("the escape \\" + kind + " is beyond the last character, U+10FFFF");
        }
        if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
            throw new PythonException("the escape \\" + kind + Long.toHexString(value)
                    + " is half of a surrogate pair, which is no character");
        }
        text.appendCodePoint((int) value);
    }

    private void name() {
        int end = i < body.length() && body.charAt(i) == '{' ? body.indexOf('}', i) : -1;
        if (end < 0) {
            throw new PythonException("the escape \\N needs the name of a character in braces");
        }
        String name = body.substring(i + 1, end);
        try {
            text.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException unknown) {
            throw new PythonException("there is no character named '" + name + "'");
        }
        i = end + 1;
    }
}
