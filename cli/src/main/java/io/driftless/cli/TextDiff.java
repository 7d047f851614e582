package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// The lines in which two texts differ, in the form that `diff` has without options.
final class TextDiff {
    private TextDiff() {}

    /// Empty when the texts are the same.
    static String of(String before, String after) {
        RawText left = new RawText(before.getBytes(UTF_8));
        RawText right = new RawText(after.getBytes(UTF_8));
        StringBuilder text = new StringBuilder();
        for (Edit edit :
                DiffAlgorithm.getAlgorithm(SupportedAlgorithm.MYERS).diff(RawTextComparator.DEFAULT, left, right)) {
            text.append(head(edit)).append('\n');
            lines(text, "< ", left, edit.getBeginA(), edit.getEndA());
            if (edit.getLengthA() > 0 && edit.getLengthB() > 0) {
                text.append("---\n");
            }
            lines(text, "> ", right, edit.getBeginB(), edit.getEndB());
        }
        return text.toString();
    }

    /// What is only on one side stands behind a line of the other.
    private static String head(Edit edit) {
        String left = range(edit.getBeginA(), edit.getEndA());
        String right = range(edit.getBeginB(), edit.getEndB());
        String verb = edit.getLengthA() == 0 ? "a" : edit.getLengthB() == 0 ? "d" : "c";
        return left + verb + right;
    }

    private static String range(int begin, int end) {
        return end - begin == 0
                ? String.valueOf(begin)
                : end - begin == 1 ? String.valueOf(end) : (begin + 1) + "," + end;
    }

    private static void lines(StringBuilder text, String sign, RawText from, int begin, int end) {
        for (int line = begin; line < end; line++) {
            text.append(sign).append(from.getString(line)).append('\n');
        }
    }
}
