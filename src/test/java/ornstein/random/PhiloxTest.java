package ornstein.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Known answers: Random123 1.14, file tests/kat_vectors, lines `philox4x32 10`.
class PhiloxTest {
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void givesThePublishedAnswers(String counter, String key, String expected) {
        int[] c = words(counter);
        int[] k = words(key);
        int[] out = new int[4];
        Philox.bijection(c[0], c[1], c[2], c[3], k[0], k[1], out);
        assertArrayEquals(words(expected), out);
    }

    @Test
    void putsPathIndexStreamAndSeedWhereTheDocumentationSays() {
        int[] expected = new int[4];
        int[] out = new int[4];
        Philox.bijection(0x89abcdef, 0x01234567, 0x55667788, 0xBEEF3344, 0x76543210, 0xfedcba98, expected);
        Philox.block(0xfedcba9876543210L, 0x0123456789abcdefL, 0x334455667788L, 0xBEEF, out);
        assertArrayEquals(expected, out);
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    out[i], Philox.word(0xfedcba9876543210L, 0x0123456789abcdefL, 4 * 0x334455667788L + i, 0xBEEF));
        }
    }

    private static int[] words(String hex) {
        String[] parts = hex.split(" ");
        int[] words = new int[parts.length];
        for (int i = 0; i < parts.length; i++) words[i] = Integer.parseUnsignedInt(parts[i], 16);
        return words;
    }
}
