package ornstein.train.data;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.spec.UserError;

/// Reads named entries of a tar stream (POSIX ustar) into memory. Nothing is written, so no name can lead out of a
/// folder; an archive that tries (absolute names, `..`, links, devices) is refused all the same.
final class Tar {
    private static final int BLOCK = 512;
    private static final int MAX_ENTRIES = 64;

    private Tar() {}

    /// The entries `prefix + name` for the wanted names, each of at most `limit` bytes. Other entries are skipped.
    static Map<String, byte[]> read(Unpacked in, String prefix, List<String> wanted, int limit) {
        Map<String, byte[]> found = new HashMap<>();
        for (int entry = 0; ; entry++) {
            byte[] head = in.next(BLOCK, "a tar header");
            if (isZero(head)) {
                return found;
            }
            if (entry == MAX_ENTRIES) {
                throw new UserError(in.place() + " has more than " + MAX_ENTRIES + " entries");
            }
            checkSum(head, in.place());
            String name = name(head);
            long size = octal(head, 124, 12, in.place(), name);
            if (size > limit) {
                throw new UserError(
                        in.place() + ": entry " + name + " claims " + size + " bytes; the limit is " + limit);
            }
            char type = (char) head[156];
            boolean file = type == '0' || type == 0;
            if (!file && type != '5' && type != 'x' && type != 'g') {
                throw new UserError(in.place() + ": entry " + name + " is a link or a device (type '" + type + "')");
            }
            if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
                throw new UserError(in.place() + ": entry " + name + " leads out of the archive's folder");
            }
            byte[] body = in.next((int) size, "entry " + name);
            int padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
            in.next(padding, "the padding of entry " + name);
            if (file && name.startsWith(prefix) && wanted.contains(name.substring(prefix.length()))) {
                if (found.put(name.substring(prefix.length()), body) != null) {
                    throw new UserError(in.place() + " holds entry " + name + " twice");
                }
            }
        }
    }

    private static boolean isZero(byte[] head) {
        for (byte b : head) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkSum(byte[] head, String place) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
        }
        if (sum != octal(head, 148, 8, place, "header")) {
            throw new UserError(place + " is not a tar archive: a header's checksum is wrong");
        }
    }

    private static String name(byte[] head) {
        String name = text(head, 0, 100);
        String folder = text(head, 257, 5).equals("ustar") && head[262] == 0 ? text(head, 345, 155) : "";
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private static String text(byte[] head, int from, int length) {
        int n = 0;
        while (n < length && head[from + n] != 0) {
            n++;
        }
        return new String(head, from, n, StandardCharsets.ISO_8859_1);
    }

    private static long octal(byte[] head, int from, int length, String place, String name) {
        String digits = text(head, from, length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new UserError(place + ": entry " + name + " has no octal size");
        }
        return Long.parseLong(digits, 8);
    }
}
