package ornstein.method.limit;

import java.util.List;
import ornstein.method.About;
import ornstein.method.Flow;
import ornstein.method.FlowMethod;
import ornstein.method.Settings;
import ornstein.model.Model;

/// dw/ds = -grad L(w) - lambda w: the modified equation without corrections.
final class GradientFlow implements FlowMethod {
    @Override
    public About about() {
        return About.limit(
                        "gradient-flow",
                        "Gradient flow on the loss, the limit of small steps.",
                        List.of("sgd", "gd"),
                        "Cauchy: Methode generale pour la resolution des systemes d'equations simultanees, Comptes"
                                + " Rendus 25, 1847")
                .evaluates("gradients over the data, as many as a relative error of 1e-12 takes");
    }

    @Override
    public Flow write(Model model, Settings settings) {
        return Limit.flow(Limit.equation(this, model, settings, 0), settings);
    }
}
