package ornstein.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import ornstein.spec.Place;
import ornstein.spec.UserError;

/// Numeric columns from a CSV file: a line of names, then one line an example. Commas separate; blanks around a
/// value and empty lines at the end are ignored; quotes are not known.
final class Csv {
    static final long MAX_BYTES = 64L << 20;

    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*");

    private Csv() {}

    /// @param folder the folder of the spec, below which the file must lie
    /// @param name the relative path of the file
    /// @param place where the spec names the file
    /// @throws UserError if the file is not regular, not below the folder, too large or not numbers
    static Columns read(Path folder, String name, Place place) {
        Path file = resolve(folder, name, place);
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String header = in.readLine();
            if (header == null || header.isBlank()) {
                throw new UserError(file + ":1: the first line must name the columns");
            }
            List<String> names = Arrays.stream(header.replace("\uFEFF", "").split(",", -1))
                    .map(String::strip)
                    .toList();
            if (names.size() > ModelReader.MAX_NAMES) {
                throw new UserError(
                        file + ":1: " + names.size() + " columns; at most " + ModelReader.MAX_NAMES + " are allowed");
            }
            double[][] columns = new double[names.size()][64];
            int rows = 0;
            int line = 1;
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                if (text.isBlank()) {
                    continue;
                }
                if (rows == columns[0].length) {
                    for (int c = 0; c < columns.length; c++) {
                        columns[c] = Arrays.copyOf(columns[c], 2 * rows);
                    }
                }
                fill(columns, rows++, text, file + ":" + line);
            }
            if (rows == 0) {
                throw new UserError(file + ": there is no line of data below the names");
            }
            for (int c = 0; c < columns.length; c++) {
                columns[c] = Arrays.copyOf(columns[c], rows);
            }
            return new Columns(names, columns, Optional.of(name));
        } catch (CharacterCodingException e) {
            throw new UserError(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void fill(double[][] columns, int row, String text, String where) {
        String[] fields = text.split(",", -1);
        if (fields.length != columns.length) {
            throw new UserError(
                    where + ": " + fields.length + " values; the first line names " + columns.length + " columns");
        }
        for (int c = 0; c < fields.length; c++) {
            double v = NUMBER.matcher(fields[c]).matches() ? Double.parseDouble(fields[c]) : Double.NaN;
            if (!Double.isFinite(v)) {
                String shown = fields[c].strip();
                throw new UserError(where + ": \"" + (shown.length() > 40 ? shown.substring(0, 40) + "..." : shown)
                        + "\" is not a finite number");
            }
            columns[c][row] = v;
        }
    }

    /// The real file, checked to be regular, of allowed size, and below the folder whatever links lead to it.
    private static Path resolve(Path folder, String name, Place place) {
        try {
            Path relative = Path.of(name);
            Path root = folder.toRealPath();
            Path file = root.resolve(relative).normalize();
            if (relative.isAbsolute() || !file.startsWith(root)) {
                throw place.error("the csv file " + name + " must lie below the spec's folder");
            }
            if (!Files.exists(file)) {
                throw place.error("the csv file " + folder.resolve(name) + " does not exist");
            }
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                throw place.error("the csv file " + name + " leads outside the spec's folder");
            }
            if (!Files.isRegularFile(real)) {
                throw place.error("the csv file " + name + " is not a regular file");
            }
            if (Files.size(real) > MAX_BYTES) {
                throw place.error("the csv file " + name + " has " + Files.size(real) + " bytes; at most " + MAX_BYTES
                        + " are allowed");
            }
            return real;
        } catch (InvalidPathException e) {
            throw place.error("the csv path is not a path: " + e.getReason());
        } catch (IOException e) {
            throw place.error("the csv file " + name + " cannot be read: " + e.getMessage());
        }
    }
}
