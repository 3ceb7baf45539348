package ornstein.spec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads YAML 1.2 files: into a tree with places ([#tree]) or into a record ([#read]).
///
/// A record is read from a mapping. Component names are keys in kebab case, unknown keys are refused, and
/// every key must be there unless its component is `@Nullable` (then null) or has a [Default]. Component
/// types: `double`, `int`, `long`, `boolean` and their boxes, `String`, enums (constants in kebab case),
/// `List`, `Map<String, V>` (order kept), records, [YamlNode] (any value), and sealed interfaces of records,
/// chosen by the key `kind` (the record's name in kebab case). An `IllegalArgumentException` of a record's
/// constructor becomes a [UserError] placed at the key that its message begins with, else at the mapping.
public final class Yaml {
    /// Longest file in bytes.
    public static final int MAX_BYTES = 1 << 20;
    /// Deepest nesting of lists and mappings.
    public static final int MAX_DEPTH = 64;

    private Yaml() {}

    /// The record in a file.
    public static <T> T read(Path file, Class<T> type) {
        return read(tree(file), type);
    }

    /// The record in a text; `name` stands for the file in messages.
    public static <T> T read(String name, String text, Class<T> type) {
        return read(tree(name, text), type);
    }

    /// The record in a part of a file.
    public static <T> T read(YamlNode node, Class<T> type) {
        return type.cast(YamlBinder.bind(node, type));
    }

    /// The tree of a file.
    public static YamlNode tree(Path file) {
        return tree(file.toString(), text(file));
    }

    /// The tree of a text; `name` stands for the file in messages.
    public static YamlNode tree(String name, String text) {
        if (text.length() > MAX_BYTES) {
            throw new UserError(name + " is larger than a spec may be (" + MAX_BYTES + " bytes)");
        }
        return new YamlTree(name, text).document();
    }

    private static String text(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new UserError(file + " does not exist");
            }
            if (!Files.isRegularFile(file)) {
                throw new UserError(file + " is not a regular file");
            }
            byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                throw new UserError(file + " is larger than a spec may be (" + MAX_BYTES + " bytes)");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UserError(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
