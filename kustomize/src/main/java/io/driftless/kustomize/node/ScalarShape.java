package io.driftless.kustomize.node;

/// Which styles the characters of a text allow.
record ScalarShape(boolean multiline, boolean plainAllowed, boolean singleAllowed, boolean blockAllowed) {

    static ScalarShape of(String text) {
        if (text.isEmpty()) {
            return new ScalarShape(false, true, true, false);
        }
        boolean indicators = text.startsWith("---") || text.startsWith("...");
        boolean special = false;
        boolean lineBreaks = false;
        boolean breakSpace = false;
        boolean spaceBreak = false;
        boolean afterSpace = false;
        boolean afterBreak = false;
        boolean afterBlank = true;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            boolean beforeBlank = i + width >= length || isBlank(text.charAt(i + width));
            indicators |=
                    i == 0 ? isFirstIndicator(c, beforeBlank) : (c == ':' && beforeBlank) || (c == '#' && afterBlank);
            special |= !isPrintable(c);
            if (c == ' ') {
                breakSpace |= afterBreak;
                afterSpace = true;
                afterBreak = false;
            } else if (isBreak(c)) {
                lineBreaks = true;
                spaceBreak |= afterSpace;
                afterSpace = false;
                afterBreak = true;
            } else {
                afterSpace = false;
                afterBreak = false;
            }
            afterBlank = isBlank(c);
            i += width - 1;
        }
        char first = text.charAt(0);
        char last = text.charAt(length - 1);
        boolean edges = first == ' ' || isBreak(first) || last == ' ' || isBreak(last);
        boolean none = spaceBreak || special;
        return new ScalarShape(
                lineBreaks,
                !edges && !breakSpace && !none && !lineBreaks && !indicators,
                !breakSpace && !none,
                last != ' ' && !none);
    }

    private static boolean isFirstIndicator(int c, boolean beforeBlank) {
        return switch (c) {
            case '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> true;
            case '?', ':', '-' -> beforeBlank;
            default -> false;
        };
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == 0 || isBreak(c);
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= ' ' && c <= '~')
                || (c >= 0xA0 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE && c != 0xFEFF);
    }
}
