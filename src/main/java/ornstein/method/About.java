package ornstein.method;

import java.util.ArrayList;
import java.util.List;
import ornstein.model.Noise;

/// What a method is, for lists, help and checks.
///
/// @param name as the user writes it
/// @param text one sentence
/// @param orders the orders it claims, one entry for each kind of noise that it serves; of an algorithm none
/// @param evaluations what a step evaluates: drifts, diffusions, gradients
/// @param options the numbers it takes besides the step size
/// @param of the algorithms that a limit serves, the default first
/// @param citation author, title, year; arXiv number where there is one
public record About(
        String name,
        String text,
        Method.Kind kind,
        List<Order> orders,
        String evaluations,
        List<Option> options,
        List<String> of,
        String citation) {
    public About {
        orders = List.copyOf(orders);
        options = List.copyOf(options);
        of = List.copyOf(of);
    }

    /// An integrator of equations; it needs at least one order.
    public static About integrator(String name, String text, String citation) {
        return new About(name, text, Method.Kind.INTEGRATOR, List.of(), "", List.of(), List.of(), citation);
    }

    /// An algorithm on losses.
    public static About algorithm(String name, String text, String citation) {
        return new About(name, text, Method.Kind.ALGORITHM, List.of(), "", List.of(), List.of(), citation);
    }

    /// A continuous limit of algorithms on losses, timed in eta k of a learning rate `--eta`.
    /// @param of their names, the default first
    public static About limit(String name, String text, List<String> of, String citation) {
        return new About(name, text, Method.Kind.LIMIT, List.of(), "", List.of(Option.ETA), of, citation);
    }

    /// Serves a kind of noise.
    /// @param strong the order of paths, not a number for none, infinite for exact
    /// @param weak the order of expectations, likewise
    public About serves(Noise noise, double strong, double weak) {
        List<Order> all = new ArrayList<>(orders);
        all.add(Order.of(noise, strong, weak));
        return new About(name, text, kind, all, evaluations, options, of, citation);
    }

    public About evaluates(String what) {
        return new About(name, text, kind, orders, what, options, of, citation);
    }

    public About takes(Option... more) {
        List<Option> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new About(name, text, kind, orders, evaluations, all, of, citation);
    }
}
