package ornstein.spec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns trees into records; the rules stand at [Yaml].
final class YamlBinder {
    private YamlBinder() {}

    static Object bind(YamlNode node, Type type) {
        return switch (type) {
            case ParameterizedType p when p.getRawType() == List.class -> list(node, p.getActualTypeArguments()[0]);
            case ParameterizedType p when p.getRawType() == Map.class -> map(node, p.getActualTypeArguments()[1]);
            case Class<?> c -> bindClass(node, c);
            default -> throw new IllegalStateException("no rule to read the type " + type + " from a spec");
        };
    }

    private static Object bindClass(YamlNode node, Class<?> c) {
        if (c == YamlNode.class) {
            return node;
        } else if (c == String.class) {
            return node.asText();
        } else if (c == double.class || c == Double.class) {
            return node.asDouble();
        } else if (c == long.class || c == Long.class) {
            return node.asLong();
        } else if (c == int.class || c == Integer.class) {
            return asInt(node);
        } else if (c == boolean.class || c == Boolean.class) {
            return node.asBoolean();
        } else if (c.isEnum()) {
            return constant(node, c);
        } else if (c.isRecord()) {
            return record(node.asMapping(), c, List.of());
        } else if (c.isSealed()) {
            return choice(node.asMapping(), c);
        }
        throw new IllegalStateException("no rule to read the type " + c + " from a spec");
    }

    private static int asInt(YamlNode node) {
        long value = node.asLong();
        if (value != (int) value) {
            throw node.place().error("expected a whole number below 2^31 in size, found " + value);
        }
        return (int) value;
    }

    private static List<Object> list(YamlNode node, Type element) {
        List<Object> items = new ArrayList<>();
        for (YamlNode item : node.asItems()) {
            items.add(bind(item, element));
        }
        return List.copyOf(items);
    }

    private static Map<String, Object> map(YamlNode node, Type element) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (YamlNode.Entry entry : node.asMapping().entries()) {
            values.put(entry.key(), bind(entry.value(), element));
        }
        return Collections.unmodifiableMap(values);
    }

    private static Object constant(YamlNode node, Class<?> type) {
        String text = node.asText();
        List<String> known = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text)) {
                return constant;
            }
            known.add(name);
        }
        throw node.place().error("unknown value \"" + text + "\"" + Nearest.hint(text, known));
    }

    private static Object choice(YamlNode.Mapping node, Class<?> type) {
        YamlNode kind = node.get("kind");
        String text = kind.asText();
        List<String> known = new ArrayList<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            String name = kebab(permitted.getSimpleName());
            if (name.equals(text)) {
                return record(node, permitted, List.of("kind"));
            }
            known.add(name);
        }
        throw kind.place().error("unknown kind \"" + text + "\"" + Nearest.hint(text, known));
    }

    private static Object record(YamlNode.Mapping node, Class<?> type, List<String> otherKeys) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>(otherKeys);
        for (RecordComponent component : components) {
            known.add(kebab(component.getName()));
        }
        node.allow(known);
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(node, components[i]);
        }
        return construct(node, type, components, values);
    }

    private static @Nullable Object component(YamlNode.Mapping node, RecordComponent component) {
        String key = kebab(component.getName());
        YamlNode value = node.find(key);
        Default standard = component.getAnnotation(Default.class);
        if (standard != null && (value == null || value.isNull())) {
            return bind(Yaml.tree("default of " + key, standard.value()), component.getGenericType());
        }
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (optional && (value == null || value.isNull())) {
            return null;
        }
        return bind(value == null ? node.get(key) : value, component.getGenericType());
    }

    private static Object construct(
            YamlNode.Mapping node, Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                String message = String.valueOf(refused.getMessage());
                throw new UserError(blamed(node, components, message) + ": " + message, refused);
            }
            if (e.getCause() instanceof UserError error) {
                throw error;
            }
            throw new IllegalStateException("the constructor of " + type + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no way to construct " + type, e);
        }
    }

    /// The place of the value whose key or component name the message begins with, else of the mapping.
    private static Place blamed(YamlNode.Mapping node, RecordComponent[] components, String message) {
        for (RecordComponent component : components) {
            String key = kebab(component.getName());
            YamlNode value = node.find(key);
            if (value != null && (startsWithWord(message, key) || startsWithWord(message, component.getName()))) {
                return value.place();
            }
        }
        return node.place();
    }

    private static boolean startsWithWord(String message, String word) {
        return message.startsWith(word)
                && (message.length() == word.length()
                        || !Character.isLetterOrDigit(message.charAt(word.length()))
                                && message.charAt(word.length()) != '-');
    }

    /// `labelNoise` as `label-noise`.
    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
