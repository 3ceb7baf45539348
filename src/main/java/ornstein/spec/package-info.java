/// Specs as text. Uses no other package, and every package may use it.
///
/// - [Yaml] reads a YAML file into a record, or into a tree of [YamlNode]s where a key may hold several shapes.
///   A record's component is a key (`labelNoise` is `label-noise`), its type is the type wanted, its checking
///   constructor holds the ranges; [Default] or `@Nullable` make a key optional.
/// - Whatever is wrong becomes a [UserError] of one line, which starts with the [Place] (file, line, column): unknown,
///   missing and duplicate keys, wrong types, values out of range, text that is not YAML. [Nearest] finds the known
///   name that was probably meant.
///
/// ```java
/// record Point(double eta, @Default("0") double lambda, List<String> names) {
///     Point {
///         if (eta <= 0) throw new IllegalArgumentException("eta must be positive, not " + eta);
///     }
/// }
/// Point point = Yaml.read(Path.of("point.yaml"), Point.class);   // point.yaml:3:6: eta must be positive, not -1.0
/// ```
///
/// Limits: 1 MB of text and 64 levels of nesting; anchors, aliases, tags and further documents are refused, so that no
/// small file can become a large tree and nothing in a spec can name a class.
@NullMarked
package ornstein.spec;

import org.jspecify.annotations.NullMarked;
