package ornstein.train.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A data set in memory.
///
/// @param name as in [DataSpec]
/// @param shape shape of one input: `[16]`, or `[channels, height, width]` for images
/// @param classes number of classes
/// @param train examples to train on
/// @param heldOut examples never trained on, for probes and test accuracy
/// @param files where the examples came from, with checksums
public record Dataset(
        String name, List<Integer> shape, int classes, Examples train, Examples heldOut, List<DataFile> files) {
    public Dataset {
        shape = List.copyOf(shape);
        files = List.copyOf(files);
        if (classes < 2 || classes > 127) {
            throw new IllegalArgumentException("classes must lie in 2..127, not " + classes);
        }
        int width = shape.stream().reduce(1, Math::multiplyExact);
        for (Examples part : List.of(train, heldOut)) {
            if (part.width() != width) {
                throw new IllegalArgumentException("inputs of " + part.width() + " numbers for shape " + shape);
            }
            for (byte label : part.labels()) {
                if (label < 0 || label >= classes) {
                    throw new IllegalArgumentException("label " + label + " outside 0.." + (classes - 1));
                }
            }
        }
    }

    /// Count and checksum of each file by its name, for the manifest.
    public Map<String, String> described() {
        Map<String, String> described = new TreeMap<>();
        files.forEach(file -> described.put(file.name(), file.described()));
        return described;
    }
}
