package ornstein.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where paths begin: a point, or a normal distribution.
///
/// @param mean the point, or the mean, d numbers
/// @param cov the d x d covariance; empty for a point
public record Start(List<Double> mean, Optional<List<List<Double>>> cov) {
    /// @throws IllegalArgumentException if the covariance is not a symmetric positive semi-definite d x d matrix
    public Start {
        mean = List.copyOf(mean);
        cov = cov.map(c -> c.stream().map(List::copyOf).toList());
        int d = mean.size();
        cov.ifPresent(c -> {
            if (c.size() != d || c.stream().anyMatch(row -> row.size() != d)) {
                throw new IllegalArgumentException("cov must be a " + d + " x " + d + " matrix");
            }
            factor(c);
        });
    }

    public static Start at(List<Double> point) {
        return new Start(point, Optional.empty());
    }

    public boolean isPoint() {
        return cov.isEmpty();
    }

    /// The lower triangular d x d matrix L with L L^T = cov; zero for a point.
    public double[][] factor() {
        return cov.map(Start::factor).orElseGet(() -> new double[mean.size()][mean.size()]);
    }

    private static double[][] factor(List<List<Double>> c) {
        int d = c.size();
        double scale = 0;
        for (int i = 0; i < d; i++) {
            scale = Math.max(scale, Math.abs(c.get(i).get(i)));
        }
        double[][] l = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                if (Math.abs(c.get(i).get(j) - c.get(j).get(i)) > 1e-12 * scale) {
                    throw new IllegalArgumentException("cov is not symmetric: entries (" + (i + 1) + ", " + (j + 1)
                            + ") and (" + (j + 1) + ", " + (i + 1) + ") are "
                            + c.get(i).get(j) + " and " + c.get(j).get(i));
                }
                double rest = c.get(i).get(j);
                for (int k = 0; k < j; k++) {
                    rest -= l[i][k] * l[j][k];
                }
                if (i == j ? rest < -1e-12 * scale : l[j][j] == 0 && Math.abs(rest) > 1e-6 * scale) {
                    throw new IllegalArgumentException("cov is not positive semi-definite (row " + (i + 1) + ")");
                }
                l[i][j] = i == j ? (rest <= 1e-14 * scale ? 0 : Math.sqrt(rest)) : l[j][j] == 0 ? 0 : rest / l[j][j];
            }
        }
        return l;
    }

    /// The text of a list of numbers in YAML.
    static String list(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    String canonical() {
        return cov.map(c -> "start: {normal: {mean: " + list(mean) + ", cov: "
                        + c.stream().map(Start::list).collect(Collectors.joining(", ", "[", "]")) + "}}\n")
                .orElseGet(() -> "start: " + list(mean) + "\n");
    }
}
