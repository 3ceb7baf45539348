package ornstein.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Builds the [YamlNode] tree of one text from the parser's tokens.
final class YamlTree {
    private final String name;
    private final int[] codePoints;
    private final YAMLParser parser;
    private int depth;

    YamlTree(String name, String text) {
        this.name = name;
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        codePoints = clean.codePoints().toArray();
        parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), clean);
    }

    YamlNode document() {
        try (JsonParser _ = parser) {
            if (parser.nextToken() == null) {
                throw new Place(name, 1, 1).error("the file is empty");
            }
            YamlNode node = value();
            if (parser.nextToken() != null) {
                throw place().error("a second document begins here; a spec is one document");
            }
            return node;
        } catch (JacksonException e) {
            throw notYaml(e);
        }
    }

    private YamlNode value() {
        Place place = place();
        if (parser.isCurrentAlias()) {
            throw place.error("aliases (*" + parser.getString() + ") are not allowed in a spec; write the value out");
        }
        if (parser.getTypeId() != null) {
            throw place.error("tags (!) are not allowed in a spec; write the plain value");
        }
        if (++depth > Yaml.MAX_DEPTH) {
            throw place.error("nested deeper than " + Yaml.MAX_DEPTH + " levels");
        }
        YamlNode node = switch (parser.currentToken()) {
            case START_OBJECT -> mapping(place);
            case START_ARRAY -> sequence(place);
            default -> new YamlNode.Scalar(parser.getString(), plain(), place);
        };
        depth--;
        return node;
    }

    private YamlNode mapping(Place place) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Place at = place();
            String key = parser.currentName();
            Place first = seen.putIfAbsent(key, at);
            if (first != null) {
                throw at.error("duplicate key \"" + key + "\"; it stands in line " + first.line() + " already");
            }
            parser.nextToken();
            entries.add(new YamlNode.Entry(key, at, value()));
        }
        return new YamlNode.Mapping(List.copyOf(entries), place);
    }

    private YamlNode sequence(Place place) {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new YamlNode.Sequence(List.copyOf(items), place);
    }

    /// Whether the scalar is neither quoted nor a block: told by its first character, which no plain scalar can have.
    private boolean plain() {
        long at = parser.currentTokenLocation().getCharOffset();
        return at >= codePoints.length || "\"'|>".indexOf(codePoints[(int) at]) < 0;
    }

    private Place place() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Place(name, at.getLineNr(), at.getColumnNr());
    }

    private UserError notYaml(JacksonException e) {
        MarkedYamlEngineException marked = marked(e);
        if (marked != null && marked.getProblemMark().isPresent()) {
            var mark = marked.getProblemMark().get();
            return new Place(name, mark.getLine() + 1, mark.getColumn() + 1)
                    .error("not YAML: " + oneLine(marked.getProblem()));
        }
        TokenStreamLocation at = e.getLocation();
        Place place = at == null ? new Place(name, 1, 1) : new Place(name, at.getLineNr(), at.getColumnNr());
        return place.error("not YAML: " + oneLine(e.getOriginalMessage()));
    }

    private static @Nullable MarkedYamlEngineException marked(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof MarkedYamlEngineException found) {
                return found;
            }
        }
        return null;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s+", " ");
    }
}
