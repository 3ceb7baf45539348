package ornstein.train.data;

/// Where data came from, for the manifest.
///
/// @param name the file's name without `.gz`, or for made data a description
/// @param place the path it was read from, or `made`
/// @param count examples in it
/// @param sha256 SHA-256 of the unpacked bytes, in lower-case hexadecimal
public record DataFile(String name, String place, int count, String sha256) {
    /// Count and checksum in words.
    String described() {
        return count + " examples, SHA-256 " + sha256;
    }
}
