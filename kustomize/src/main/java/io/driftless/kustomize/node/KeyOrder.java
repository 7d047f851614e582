package io.driftless.kustomize.node;

import java.util.Comparator;
import java.util.List;

/// The order in which fields are printed: letters after everything else, runs of digits by their value.
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder INSTANCE = new KeyOrder();

    private static final int SHORT = 12;

    private KeyOrder() {}

    /// Sorts keys. The order is not transitive for every set of keys, so the sorting must not count on it: few keys are
    /// sorted by insertion, as the reference does, more by merging.
    static void sort(List<String> keys) {
        String[] array = keys.toArray(String[]::new);
        if (array.length > SHORT) {
            merge(array, array.clone(), 0, array.length);
        } else {
            insert(array, 0, array.length);
        }
        for (int i = 0; i < array.length; i++) {
            keys.set(i, array[i]);
        }
    }

    private static void insert(String[] keys, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            String key = keys[i];
            int at = i;
            for (; at > from && INSTANCE.compare(key, keys[at - 1]) < 0; at--) {
                keys[at] = keys[at - 1];
            }
            keys[at] = key;
        }
    }

    private static void merge(String[] keys, String[] spare, int from, int to) {
        if (to - from <= SHORT) {
            insert(keys, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        merge(keys, spare, from, middle);
        merge(keys, spare, middle, to);
        System.arraycopy(keys, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left >= middle || (right < to && INSTANCE.compare(spare[right], spare[left]) < 0);
            keys[i] = takeRight ? spare[right++] : spare[left++];
        }
    }

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return differ(a, b, i);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int differ(String a, String b, int i) {
        char x = a.charAt(i);
        char y = b.charAt(i);
        boolean letterX = Character.isLetter(a.codePointAt(i));
        boolean letterY = Character.isLetter(b.codePointAt(i));
        if (letterX && letterY) {
            return Integer.compare(a.codePointAt(i), b.codePointAt(i));
        }
        if (letterX || letterY) {
            return letterY ? -1 : 1;
        }
        long valueX = 0;
        long valueY = 0;
        if (x == '0' || y == '0') {
            for (int j = i - 1; j >= 0 && Character.isDigit(a.charAt(j)); j--) {
                if (a.charAt(j) != '0') {
                    valueX = 1;
                    valueY = 1;
                    break;
                }
            }
        }
        int endX = i;
        for (; endX < a.length() && Character.isDigit(a.charAt(endX)); endX++) {
            valueX = valueX * 10 + (a.charAt(endX) - '0');
        }
        int endY = i;
        for (; endY < b.length() && Character.isDigit(b.charAt(endY)); endY++) {
            valueY = valueY * 10 + (b.charAt(endY) - '0');
        }
        if (valueX != valueY) {
            return Long.compare(valueX, valueY);
        }
        return endX != endY ? Integer.compare(endX, endY) : Integer.compare(a.codePointAt(i), b.codePointAt(i));
    }
}
