package ornstein.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;

/// What the user chose for a method.
///
/// @param stepSize dt or eta
/// @param numbers options by name
/// @param of the algorithm that a limit is of
public record Settings(double stepSize, Map<String, Double> numbers, Sampling sampling, Optional<String> of) {
    /// @throws UserError if the step size is not positive and finite
    public Settings {
        if (!(stepSize > 0) || Double.isInfinite(stepSize)) {
            throw new UserError("step size " + Decimal.text(stepSize)
                    + ": must be positive and finite; give --dt, or --eta for an algorithm");
        }
        numbers = Map.copyOf(numbers);
    }

    /// No options, i.i.d. sampling.
    public static Settings of(double stepSize) {
        return new Settings(stepSize, Map.of(), Sampling.IID, Optional.empty());
    }

    public Settings with(String option, double value) {
        Map<String, Double> all = new java.util.HashMap<>(numbers);
        all.put(option, value);
        return new Settings(stepSize, all, sampling, of);
    }

    /// Without an option.
    Settings without(Option option) {
        Map<String, Double> rest = new java.util.HashMap<>(numbers);
        rest.remove(option.name());
        return new Settings(stepSize, rest, sampling, of);
    }

    /// With another step size.
    Settings sized(double other) {
        return new Settings(other, numbers, sampling, of);
    }

    public Settings with(Sampling other) {
        return new Settings(stepSize, numbers, other, of);
    }

    /// As a limit of an algorithm.
    public Settings limitOf(String algorithm) {
        return new Settings(stepSize, numbers, sampling, Optional.of(algorithm));
    }

    /// The value of an option: the user's, or the default.
    /// @throws UserError if it is out of range
    public double number(Option option) {
        double x = numbers.getOrDefault(option.name(), option.initial());
        if (!(x >= option.least() && x <= option.most())) {
            throw new UserError("--" + option.name() + " " + Decimal.text(x) + ": must be " + option.range() + " ("
                    + option.about() + ")");
        }
        return x;
    }

    /// The value of an option that is an integer.
    /// @throws UserError if it is out of range or not whole
    public int whole(Option option) {
        double x = number(option);
        if (x != Math.rint(x))
            throw new UserError(
                    "--" + option.name() + " " + Decimal.text(x) + ": must be a whole number, " + option.range());
        return (int) x;
    }

    /// Refuses options that a method does not take.
    void check(String method, List<Option> options) {
        for (String name : numbers.keySet()) {
            if (options.stream().noneMatch(o -> o.name().equals(name))) {
                throw new UserError("--" + name + ": " + method + " does not take it; it takes "
                        + (options.isEmpty()
                                ? "no options"
                                : "--"
                                        + String.join(
                                                ", --",
                                                options.stream()
                                                        .map(Option::name)
                                                        .toList()))
                        + takers(name));
            }
        }
    }

    private static String takers(String option) {
        List<String> names =
                Methods.names(m -> m.options().stream().anyMatch(o -> o.name().equals(option)));
        return names.isEmpty() ? "" : "; --" + option + " is of " + String.join(", ", names);
    }
}
