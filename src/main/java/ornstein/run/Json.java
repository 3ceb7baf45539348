package ornstein.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// The one place that reads and writes JSON. A number that is not finite is written as `null`, and `null` is
/// read into a `double` as NaN. The bytes are a function of the value: records keep the order of their
/// components, maps are sorted by key.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new FiniteOnly<>(Double.class))
                    .addSerializer(double.class, new FiniteOnly<>(Double.class))
                    .addSerializer(Float.class, new FiniteOnly<>(Float.class))
                    .addSerializer(float.class, new FiniteOnly<>(Float.class))
                    .addSerializer(double[].class, new Doubles())
                    .addSerializer(float[].class, new Floats())
                    .addDeserializer(double.class, new NullAsNan())
                    .addDeserializer(double[].class, new NullsAsNan()))
            .build();
    private static final JsonMapper SORTED = MAPPER.rebuild()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();
    private static final ObjectWriter PRETTY =
            MAPPER.writer().with(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /// One line.
    public static String line(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// One line with every key sorted, whatever type it came from: what hashes are taken of.
    public static String canonical(@Nullable Object value) {
        return SORTED.writeValueAsString(MAPPER.readTree(MAPPER.writeValueAsString(value)));
    }

    /// Indented, ending in a line feed.
    public static String pretty(@Nullable Object value) {
        return PRETTY.writeValueAsString(value) + "\n";
    }

    /// [#pretty] as UTF-8, for a file.
    public static byte[] bytes(@Nullable Object value) {
        return pretty(value).getBytes(StandardCharsets.UTF_8);
    }

    /// SHA-256 of [#canonical] in 64 hexadecimal digits.
    public static String hash(@Nullable Object value) {
        try {
            byte[] text = canonical(value).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A value as the tree that its text reads back as.
    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.readTree(MAPPER.writeValueAsString(value));
    }

    /// Text to tree; throws JacksonException where it is not JSON.
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /// Text to record; throws JacksonException where it does not fit.
    public static <T> T parse(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }

    /// Tree to record; throws JacksonException where it does not fit.
    public static <T> T convert(JsonNode tree, Class<T> type) {
        return MAPPER.treeToValue(tree, type);
    }

    /// The record in a file that this program wrote; another content is a [UserError].
    public static <T> T read(Path file, Class<T> type) {
        try {
            return parse(Files.readString(file), type);
        } catch (JacksonException e) {
            throw new UserError(file + " is damaged: " + e.getOriginalMessage() + "; start again with --fresh", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static final class FiniteOnly<T extends Number> extends StdSerializer<T> {
        FiniteOnly(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            write(value.doubleValue(), value instanceof Float, out);
        }
    }

    private static final class Doubles extends StdSerializer<double[]> {
        Doubles() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] values, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            for (double value : values) {
                write(value, false, out);
            }
            out.writeEndArray();
        }
    }

    private static final class Floats extends StdSerializer<float[]> {
        Floats() {
            super(float[].class);
        }

        @Override
        public void serialize(float[] values, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            for (float value : values) {
                write(value, true, out);
            }
            out.writeEndArray();
        }
    }

    private static void write(double value, boolean single, JsonGenerator out) {
        if (!Double.isFinite(value)) {
            out.writeNull();
        } else if (single) {
            out.writeNumber((float) value);
        } else {
            out.writeNumber(value);
        }
    }

    private static final class NullAsNan extends StdScalarDeserializer<Double> {
        NullAsNan() {
            super(double.class);
        }

        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) {
            return in.getDoubleValue();
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class NullsAsNan extends StdDeserializer<double[]> {
        NullsAsNan() {
            super(double[].class);
        }

        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) {
            if (!in.isExpectedStartArrayToken()) {
                return (double[]) context.handleUnexpectedToken(context.constructType(double[].class), in);
            }
            var values = DoubleStream.builder();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                values.add(in.currentToken() == JsonToken.VALUE_NULL ? Double.NaN : in.getDoubleValue());
            }
            return values.build().toArray();
        }
    }
}
