package ornstein.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A value of a YAML file together with its place. The `as...` methods convert, and refuse what does not fit with a
/// [UserError] that names the place, what was wanted and what was found.
public sealed interface YamlNode {
    /// Where the value starts.
    Place place();

    /// Text, number, truth value or nothing. `plain` is false for quoted and block text, which is never a number.
    record Scalar(String text, boolean plain, Place place) implements YamlNode {}

    /// A list.
    record Sequence(List<YamlNode> items, Place place) implements YamlNode {}

    /// Keys in the order of the file, none twice.
    record Mapping(List<Entry> entries, Place place) implements YamlNode {
        /// The value of a key, or null where the key is missing.
        public @Nullable YamlNode find(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }

        /// The value of a key that must be there.
        public YamlNode get(String key) {
            YamlNode value = find(key);
            if (value == null) {
                throw place.error("missing key \"" + key + "\"");
            }
            return value;
        }

        /// The keys, in the order of the file.
        public List<String> keys() {
            return entries.stream().map(Entry::key).toList();
        }

        /// Refuses every key that is not one of `known`.
        public void allow(String... known) {
            allow(Arrays.asList(known));
        }

        /// Refuses every key that is not one of `known`.
        public void allow(List<String> known) {
            for (Entry entry : entries) {
                if (!known.contains(entry.key())) {
                    throw entry.place().error("unknown key \"" + entry.key() + "\"" + Nearest.hint(entry.key(), known));
                }
            }
        }
    }

    /// A key with its place, and its value.
    record Entry(String key, Place place, YamlNode value) {}

    Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    /// Whether nothing was given: `key:`, `key: null` or `key: ~`.
    default boolean isNull() {
        return this instanceof Scalar(String text, boolean plain, Place _)
                && plain
                && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }

    /// Whether this is a number, finite or not.
    default boolean isNumber() {
        return this instanceof Scalar(String text, boolean plain, Place _)
                && plain
                && NUMBER.matcher(text).matches();
    }

    /// The text of a scalar; numbers and truth values as written.
    default String asText() {
        if (this instanceof Scalar scalar && !isNull()) {
            return scalar.text();
        }
        throw wrong("text");
    }

    /// A finite number.
    default double asDouble() {
        if (!isNumber()) {
            throw wrong("a number");
        }
        double value = Double.parseDouble(asText());
        if (Double.isInfinite(value)) {
            throw place().error("the number " + asText() + " is beyond the range of a double (1.8e308)");
        }
        return value;
    }

    /// A whole number; `1e6` is one.
    default long asLong() {
        if (isNumber()) {
            try {
                return new java.math.BigDecimal(asText()).longValueExact();
            } catch (ArithmeticException e) {
                throw place().error("expected a whole number below 2^63 in size, found " + asText());
            }
        }
        throw wrong("a whole number");
    }

    /// `true` or `false`.
    default boolean asBoolean() {
        if (this instanceof Scalar(String text, boolean plain, Place _)
                && plain
                && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        throw wrong("true or false");
    }

    /// The items of a list.
    default List<YamlNode> asItems() {
        if (this instanceof Sequence sequence) {
            return sequence.items();
        }
        throw wrong("a list");
    }

    /// A mapping.
    default Mapping asMapping() {
        if (this instanceof Mapping mapping) {
            return mapping;
        }
        throw wrong("a mapping (key: value)");
    }

    /// A list of finite numbers.
    default double[] asDoubles() {
        return asItems().stream().mapToDouble(YamlNode::asDouble).toArray();
    }

    /// A list of texts.
    default List<String> asTexts() {
        List<String> texts = new ArrayList<>();
        asItems().forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }

    /// The error for a value of another type than `wanted`.
    default UserError wrong(String wanted) {
        return place().error("expected " + wanted + ", found " + describe());
    }

    private String describe() {
        if (isNull()) {
            return "nothing";
        }
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar s when isNumber() -> "the number " + s.text();
            case Scalar s
            when s.text().length() <= 40 -> (s.plain() ? "" : "the quoted text ") + "\"" + s.text() + "\"";
            case Scalar s -> "\"" + s.text().substring(0, 40) + "...\"";
        };
    }
}
