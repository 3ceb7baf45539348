package ornstein.train;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// An operation on registers `r` of shape `[R, P]` and scalars `s`. It leaves all registers as they are, save a
/// [Sum] in place.
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface TensorOp {
    /// The register it writes.
    int to();

    Tensor value(Tensor[] r, double[] s);

    /// Whether it reads a register.
    boolean reads(int register);

    /// A scalar for all weights.
    record Fill(int to, int scalar) implements TensorOp {
        @Override
        public Tensor value(Tensor[] r, double[] s) {
            return torch.full_like(r[0], new Scalar(s[scalar]));
        }

        @Override
        public boolean reads(int register) {
            return false;
        }
    }

    /// The sum of scalars times registers, and a constant.
    ///
    /// @param inPlace whether the first register is overwritten
    /// @param constant a scalar, or -1
    record Sum(int to, boolean inPlace, int[] from, int[] factors, int constant) implements TensorOp {
        Sum apart() {
            return new Sum(to, false, from, factors, constant);
        }

        @Override
        public Tensor value(Tensor[] r, double[] s) {
            double first = s[factors[0]];
            Tensor sum = r[from[0]];
            if (!inPlace) sum = sum.mul(new Scalar(first));
            else if (first != 1) sum.mul_(new Scalar(first));
            for (int i = 1; i < from.length; i++) sum.add_(r[from[i]], new Scalar(s[factors[i]]));
            if (constant >= 0) sum.add_(new Scalar(s[constant]));
            return sum;
        }

        @Override
        public boolean reads(int register) {
            return contains(from, register);
        }
    }

    /// A scalar times the product of registers, divided by others.
    record Product(int to, int[] above, int[] below, int factor) implements TensorOp {
        @Override
        public Tensor value(Tensor[] r, double[] s) {
            Tensor product = above.length == 0
                    ? torch.full_like(r[0], new Scalar(s[factor]))
                    : r[above[0]].mul(new Scalar(s[factor]));
            for (int i = 1; i < above.length; i++) product.mul_(r[above[i]]);
            for (int divisor : below) product.div_(r[divisor]);
            return product;
        }

        @Override
        public boolean reads(int register) {
            return contains(above, register) || contains(below, register);
        }
    }

    record Power(int to, int base, double exponent) implements TensorOp {
        @Override
        public Tensor value(Tensor[] r, double[] s) {
            if (exponent == 0.5) return r[base].sqrt();
            if (exponent == 2) return r[base].square();
            return exponent == -1 ? r[base].reciprocal() : r[base].pow(new Scalar(exponent));
        }

        @Override
        public boolean reads(int register) {
            return base == register;
        }
    }

    /// `yes` where the condition is positive, else `no`.
    ///
    /// @param same whether the condition is a scalar, the same for all weights
    record Select(int to, boolean same, int condition, int yes, int no) implements TensorOp {
        @Override
        public Tensor value(Tensor[] r, double[] s) {
            if (same) return (s[condition] > 0 ? r[yes] : r[no]).clone();
            return torch.where(r[condition].gt(new Scalar(0.0)), r[yes], r[no]);
        }

        @Override
        public boolean reads(int register) {
            return !same && condition == register || yes == register || no == register;
        }
    }

    record Extreme(int to, boolean greatest, int a, int b) implements TensorOp {
        @Override
        public Tensor value(Tensor[] r, double[] s) {
            return greatest ? torch.maximum(r[a], r[b]) : torch.minimum(r[a], r[b]);
        }

        @Override
        public boolean reads(int register) {
            return a == register || b == register;
        }
    }

    /// The length over the weights of each layer, at every weight of the layer.
    record Length(int to, int of, List<Slot> layers) implements TensorOp {
        @Override
        public Tensor value(Tensor[] r, double[] s) {
            Tensor all = r[of];
            List<Tensor> parts = layers.stream()
                    .map(layer -> torch.linalg_vector_norm(
                                    all.narrow(1, layer.from(), layer.size()),
                                    new Scalar(2.0),
                                    new long[] {1},
                                    true,
                                    new ScalarTypeOptional())
                            .expand(all.size(0), layer.size()))
                    .toList();
            return Net.join(parts, 1);
        }

        @Override
        public boolean reads(int register) {
            return of == register;
        }
    }

    private static boolean contains(int[] list, int x) {
        return IntStream.of(list).anyMatch(i -> i == x);
    }
}
