package ornstein.ensemble.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import ornstein.method.Methods;
import ornstein.model.SdeModel;
import ornstein.run.Interruption;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
    static Convergence of(SdeModel model, String method, int coarsest, int sizes) {
        return new Convergence(model, Methods.named(method), Map.of(), 1, coarsest, sizes, 1024, 1, 2);
    }

    /// Errors of the mean of the published table: .52740, .28710, .15023 at 8, 16 and 32 steps.
    @Test
    void weakErrorsAreThoseOfTheClosedForm() {
        SdeModel model = (SdeModel) Problems.model("geometric-brownian-motion");
        var weak = of(model, "euler-maruyama", 3, 3).weak(new Interruption()).orElseThrow();
        double[] mean = {.52740, .28710, .15023};
        for (int l = 0; l < 3; l++) {
            double h = 1.0 / (8 << l);
            double second = Math.exp(3.25) - Math.pow((1 + 1.5 * h) * (1 + 1.5 * h) + .25 * h, 8 << l);
            assertEquals(Math.hypot(mean[l], second), weak.error()[l], 2e-5);
            assertEquals(h, weak.step()[l]);
        }
        assertTrue(weak.limit().agrees());
    }

    @Test
    void printsOrders() {
        for (String name : new String[] {"geometric-brownian-motion", "ou", "arctan", "kubo", "ou-2d", "cir", "double-well"}) {
            SdeModel model = (SdeModel) Problems.model(name);
            for (String method : Methods.suitable(model)) {
                try {
                    var c = of(model, method, 5, 6);
                    System.out.println(name + " " + method + " strong " + c.strong(new Interruption()).map(m -> m.order() + " " + m.claimed()+" "+m.limit()));
                    System.out.println(name + " " + method + " weak " + c.weak(new Interruption()).map(m -> m.order() + " " + m.claimed() + " " + m.exact()+" "+m.limit()+m.how()));
                } catch (ornstein.spec.UserError e) { System.out.println(e.getMessage()); }
            }
        }
    }
}
