package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.random.Normals;

class ProductsTest {
    private static Tensor normal(Precision precision, long path, long... shape) {
        long n = 1;
        for (long side : shape) {
            n *= side;
        }
        double[] values = new double[(int) n];
        Normals.fill(3, path, 0, 0, values);
        return Torch.of(precision, values, shape);
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, false",
        "1, true, true",
        "5, false, false",
        "5, true, false",
        "5, false, true",
        "5, true, true"
    })
    void agreesWithBmm(int replicas, boolean transposeA, boolean transposeB) {
        for (Precision precision : Precision.values()) {
            try (PointerScope _ = new PointerScope()) {
                Tensor a = normal(precision, 1, replicas, transposeA ? 4 : 3, transposeA ? 3 : 4);
                Tensor b = normal(precision, 2, replicas, transposeB ? 6 : 4, transposeB ? 4 : 6);
                check(precision, a, transposeA, b, transposeB);
                // A part of a longer row, as a layer's weight is a part of theta.
                Tensor row = normal(precision, 3, replicas, 40);
                Tensor part = row.narrow(1, 7, 24).reshape(replicas, transposeB ? 6 : 4, transposeB ? 4 : 6);
                check(precision, a, transposeA, part, transposeB);
                // Rows that are not contiguous.
                Tensor turned = normal(precision, 4, replicas, transposeA ? 3 : 4, transposeA ? 4 : 3);
                check(precision, turned.transpose(1, 2), transposeA, b, transposeB);
                // One row for all replicas.
                Tensor shared = normal(precision, 5, 1, 24).expand(replicas, 24);
                check(
                        precision,
                        a,
                        transposeA,
                        shared.reshape(replicas, transposeB ? 6 : 4, transposeB ? 4 : 6),
                        transposeB);
            }
        }
    }

    private static void check(Precision precision, Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        Tensor expected = (transposeA ? a.transpose(1, 2) : a).bmm(transposeB ? b.transpose(1, 2) : b);
        double[] found = Torch.doubles(Products.of(a, transposeA, b, transposeB));
        double[] wanted = Torch.doubles(expected);
        assertEquals(wanted.length, found.length);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], found[i], precision == Precision.F32 ? 1e-5 : 1e-13);
        }
    }
}
