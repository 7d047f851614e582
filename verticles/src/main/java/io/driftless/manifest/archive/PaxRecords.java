package io.driftless.manifest.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/// The records of a POSIX header: length, blank, name, `=`, value, line feed.
final class PaxRecords {
    private PaxRecords() {}

    static Map<String, String> read(byte[] bytes) {
        Map<String, String> records = new HashMap<>();
        for (int at = 0; at < bytes.length; ) {
            int digits = at;
            int length = 0;
            while (digits < bytes.length && bytes[digits] >= '0' && bytes[digits] <= '9' && digits - at < 6) {
                length = length * 10 + bytes[digits++] - '0';
            }
            boolean framed = digits > at
                    && digits < bytes.length
                    && bytes[digits] == ' '
                    && length > digits - at + 1
                    && length <= bytes.length - at
                    && bytes[at + length - 1] == '\n';
            if (!framed) {
                throw malformed();
            }
            String record = text(ByteBuffer.wrap(bytes, digits + 1, at + length - 1 - (digits + 1)));
            int equals = record.indexOf('=');
            if (equals < 1) {
                throw malformed();
            }
            if (record.startsWith("GNU.sparse.")) {
                throw new ArchiveException("sparse files are not read; send them whole");
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at += length;
        }
        return records;
    }

    static long size(String digits) {
        if (!digits.matches("[0-9]{1,18}")) {
            throw malformed();
        }
        return Long.parseLong(digits);
    }

    private static String text(ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ArchiveException("a name in the archive is not valid UTF-8");
        }
    }

    private static ArchiveException malformed() {
        return new ArchiveException("a header of the archive with long names is malformed");
    }
}
